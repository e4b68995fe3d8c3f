package dev.slipway.core.builds;

import dev.slipway.core.call.Operation;
import dev.slipway.core.model.AppName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The builds and deploys that this daemon runs now. Safe for use by many threads. */
final class RunningBuilds {
  private final Map<String, Running> all = new ConcurrentHashMap<>();

  /**
   * One of them, over when closed.
   *
   * @param tree the token of the calls that it is made of
   */
  record Running(String id, AppName app, String tree, Operation operation, CountDownLatch ended) {
    /** Waits for its end, with everything tidied up. @return whether it has ended */
    boolean await(Duration limit) throws InterruptedException {
      return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  Running begin(String id, AppName app, String tree) {
    Running running = new Running(id, app, tree, new Operation(), new CountDownLatch(1));
    all.put(id, running);
    return running;
  }

  void end(Running running) {
    all.remove(running.id(), running);
    running.ended().countDown();
  }

  Optional<Running> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Those of an app, newest first. */
  List<Running> of(AppName app) {
    return all.values().stream()
        .filter(each -> each.app().equals(app))
        .sorted(Comparator.comparing(Running::id).reversed())
        .toList();
  }
}
