package dev.slipway.proxy;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes of many apps into the running nginx: whoever comes first tests and reloads for all
 * that wait, and prints nothing meanwhile. A refused file is put back; a bad file of an app that
 * changed nothing is set aside, so that it never blocks another. Safe for use by many threads.
 */
final class ProxyQueue {
  private static final Logger log = LoggerFactory.getLogger(ProxyQueue.class);
  private static final int MAX_ATTEMPTS = 200;

  /**
   * What the file of an app says that must not be served as its own file would have it. Asked while
   * all others wait, so it waits for nobody and runs nothing of a plugin.
   */
  @FunctionalInterface
  interface Closed {
    String text(AppName app);
  }

  private final Nginx nginx;
  private final LastGood lastGood;
  private final SiteFiles sites;
  private final Path root;
  private final Closed closed;
  private final ReentrantLock turn = new ReentrantLock();
  private final ConcurrentLinkedQueue<Change> waiting = new ConcurrentLinkedQueue<>();

  ProxyQueue(Nginx nginx, LastGood lastGood, SiteFiles sites, Path root, Closed closed) {
    this.nginx = nginx;
    this.lastGood = lastGood;
    this.sites = sites;
    this.root = root;
    this.closed = closed;
  }

  /**
   * Returns once the change is proven to serve.
   *
   * @throws ToolFailure if nginx refuses it; the file from before is back then
   */
  void submit(Change change) {
    waiting.add(change);
    // not by the caller's thread: an interrupt of one caller must not spoil what others wait for
    Thread.ofVirtual().name("proxy-queue").start(this::serveWaiting);
    change.await();
  }

  private void serveWaiting() {
    turn.lock();
    try {
      List<Change> batch = takeAll();
      if (!batch.isEmpty()) {
        serve(batch);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Forgets what is kept about an app. */
  void forget(AppName app) {
    turn.lock();
    try {
      lastGood.forget(app);
    } finally {
      turn.unlock();
    }
  }

  private List<Change> takeAll() {
    List<Change> all = new ArrayList<>();
    for (Change next = waiting.poll(); next != null; next = waiting.poll()) {
      all.add(next);
    }
    return all;
  }

  /** Whatever happens, each change of the batch has its outcome when this returns. */
  private void serve(List<Change> batch) {
    List<Change> open = new ArrayList<>(batch);
    boolean asked = false;
    try {
      settle(open);
      if (open.isEmpty()) {
        return;
      }
      Map<Change, Map<Path, Optional<String>>> loaded = new HashMap<>();
      open.forEach(each -> loaded.put(each, sites.present(each.app())));
      asked = true;
      if (!nginx.reload(open.getFirst().serviceCommand())) {
        open.forEach(
            each -> each.warn("nginx does not run; " + each.app() + " is served once it starts"));
      }
      // before anybody else's turn, in which this is nothing to be taken back any more
      loaded.forEach((each, texts) -> sites.accepted(each.app(), each.ticket(), texts));
      keepAll();
      open.forEach(Change::succeed);
    } catch (Throwable e) { // those who wait have to get an answer
      log.warn("changes of the proxy are taken back", e);
      open.forEach(each -> each.takeBack(e));
      if (asked) {
        reloadWhatIsBack(open.getFirst().serviceCommand(), e);
      }
      open.forEach(each -> each.fail(e));
    }
  }

  /** The copies are for another day: without them the configuration serves all the same. */
  private void keepAll() {
    try {
      lastGood.keepAll(sites::isUnderWay);
    } catch (RuntimeException e) {
      log.error("no copies of what nginx accepted", e);
    }
  }

  /** A reload that came too late may still come: what serves in the end is what lies there. */
  private void reloadWhatIsBack(String serviceCommand, Throwable failure) {
    try {
      nginx.reload(serviceCommand);
    } catch (RuntimeException again) {
      failure.addSuppressed(again);
    }
  }

  /** Takes out of the batch what nginx refuses, until it accepts the rest. */
  private void settle(List<Change> open) {
    Map<AppName, Integer> setAside = new HashMap<>();
    Set<AppName> again = new HashSet<>();
    failRefused(open);
    for (int attempt = 0; attempt < MAX_ATTEMPTS && !open.isEmpty(); attempt++) {
      Optional<Refusal> refusal = nginx.test();
      if (refusal.isEmpty()) {
        return;
      }
      // the file that nginx refuses may be one of those that came meanwhile
      List<Change> late = takeAll();
      open.addAll(late);
      failRefused(open);
      Optional<AppName> offender = refusal.get().app(root);
      if (offender.isEmpty()) {
        open.forEach(
            each -> each.takeBackAndFail(refusal.get().failure("nginx refuses its configuration")));
        open.clear();
        return;
      }
      if (isChanging(open, late, offender.get()) && again.add(offender.get())) {
        continue; // it may have been mended just now
      }
      if (!refuse(open, offender.get(), refusal.get()) && !open.isEmpty()) {
        setAside(open.getFirst(), offender.get(), refusal.get(), setAside);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    throw new ToolFailure("nginx refuses its configuration whatever is set aside");
  }

  /** Fails those whose files were taken back before they got here. */
  private void failRefused(List<Change> open) {
    for (Change each : List.copyOf(open)) {
      sites
          .refused(each.ticket())
          .ifPresent(
              refusal -> {
                each.refuse(refusal);
                open.remove(each);
              });
    }
  }

  /** Whether the app's files may be others than those that nginx has just tested. */
  private boolean isChanging(List<Change> open, List<Change> late, AppName app) {
    return late.stream().anyMatch(each -> each.app().equals(app))
        || (sites.isUnderWay(app) && open.stream().noneMatch(each -> each.app().equals(app)));
  }

  /** Takes back what the app's builds wrote, whether they have got here or are still to come. */
  private boolean refuse(List<Change> open, AppName offender, Refusal refusal) {
    List<Change> refused = open.stream().filter(each -> each.app().equals(offender)).toList();
    refused.forEach(each -> each.refuse(refusal));
    open.removeAll(refused);
    boolean toCome = sites.refuse(offender, refusal);
    return toCome || !refused.isEmpty();
  }

  private void setAside(
      Change change, AppName offender, Refusal refusal, Map<AppName, Integer> attempts) {
    int attempt = attempts.merge(offender, 1, Integer::sum);
    Path site = root.resolve(offender.value()).resolve("nginx.conf");
    Path file = refusal.file(root).orElse(site);
    if (attempt == 1 && lastGood.restore(offender, file)) {
      tell(change, offender, refusal, "its last good file is back");
      return;
    }
    String answer = attempt <= 2 ? closed.text(offender) : "";
    lastGood.replace(offender, site, answer);
    if (!answer.isEmpty()) {
      tell(change, offender, refusal, "it answers 503 until it is mended");
    } else {
      tell(change, offender, refusal, "it is not served until it is mended");
    }
  }

  private static void tell(Change change, AppName offender, Refusal refusal, String outcome) {
    change.warn(
        "nginx refuses the configuration of "
            + offender
            + ", "
            + outcome
            + ": "
            + refusal.reason());
    log.warn("set aside app={} outcome={} reason={}", offender, outcome, refusal.reason());
  }
}
