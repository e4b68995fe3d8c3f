package dev.slipway.core.locks;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.SwitchLocks.Held;
import dev.slipway.core.model.AppName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Runs changes of apps under the switch lock. Restarts that wait for the same app collapse into
 * one, which reads the newest configuration once it has the lock; all of them end as that one does.
 * A call that already holds the lock of another app does not wait: its work is put off until its
 * outermost call has let go of everything, so that two apps whose hooks change each other cannot
 * wait for each other for ever. Safe for use by many threads.
 */
public final class Restarts {
  private final SwitchLocks locks;
  private final InvocationTrees trees;
  private final Deliveries deliveries;
  private final Map<AppName, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  public Restarts(SwitchLocks locks, InvocationTrees trees, Deliveries deliveries) {
    this.locks = locks;
    this.trees = trees;
    this.deliveries = deliveries;
  }

  /**
   * The work gets a call whose output does not hold it up.
   *
   * @param collapses whether it is a plain restart of the whole app, as good as any other
   * @param key names the work where it has to be put off
   */
  public void run(
      Call call, AppName app, String what, boolean collapses, String key, Consumer<Call> work) {
    deliveries.text(call, delivered -> locked(delivered, app, what, collapses, key, work));
  }

  private void locked(
      Call call, AppName app, String what, boolean collapses, String key, Consumer<Call> work) {
    Optional<Held> free = locks.tryAcquire(call, app, what);
    if (free.isPresent()) {
      try (Held _ = free.get()) {
        work.accept(call);
      }
      return;
    }
    if (locks.holdsAny(call) && putOff(call, app, what, key, work)) {
      call.out().step("Another change of " + app + " is under way: " + what + " follows later");
      return;
    }
    if (collapses) {
      collapsed(call, app, what, work);
    } else {
      retry(call, app, what, work);
    }
  }

  private boolean putOff(Call call, AppName app, String what, String key, Consumer<Call> work) {
    return trees.putOff(
        call, key, later -> deliveries.text(later, delivered -> retry(delivered, app, what, work)));
  }

  private void retry(Call call, AppName app, String what, Consumer<Call> work) {
    try (Held _ = locks.acquire(call, app, what)) {
      work.accept(call);
    }
  }

  private void collapsed(Call call, AppName app, String what, Consumer<Call> work) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> earlier = waiting.putIfAbsent(app, mine);
    if (earlier != null) {
      call.out().step("Joining the restart of " + app + " that is waiting already");
      join(app, earlier);
      return;
    }
    try (Held _ = acquireFor(call, app, what, mine)) {
      work.accept(call);
      mine.complete(null);
    } catch (Throwable e) { // those who joined have to get an answer
      mine.completeExceptionally(e);
      throw e;
    } finally {
      waiting.remove(app, mine);
    }
  }

  /** From here on nobody joins any more: what is configured later might be missed. */
  private Held acquireFor(Call call, AppName app, String what, CompletableFuture<Void> mine) {
    Held held = locks.acquire(call, app, what);
    waiting.remove(app, mine);
    return held;
  }

  private static void join(AppName app, CompletableFuture<Void> earlier) {
    try {
      earlier.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted while waiting for the restart of " + app);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("the restart of " + app + " broke", e);
    }
  }
}
