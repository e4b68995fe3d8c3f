package dev.slipway.core.locks;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The switch lock of each app: held from the first new container until the last has its name. Its
 * owner is an invocation tree, so a nested call of the same tree passes. A waiting call is told
 * whom it waits for, and waits while the holder gets on: each stretch of its work has the limits
 * that its own checks and stops have, and what has none, hooks and calls to the engine, an
 * allowance. Safe for use by many threads.
 */
public final class SwitchLocks {
  private static final Duration ALLOWANCE = Duration.ofMinutes(10);

  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition changed = mutex.newCondition();
  private final Map<AppName, Holder> holders = new HashMap<>();
  private final Duration namesHolderAfter;
  private final Duration allowance;

  public SwitchLocks() {
    this(Duration.ofSeconds(10), ALLOWANCE);
  }

  /**
   * @param allowance for what has no limit of its own
   */
  SwitchLocks(Duration namesHolderAfter, Duration allowance) {
    this.namesHolderAfter = namesHolderAfter;
    this.allowance = allowance;
  }

  /** The lock, until closed. */
  public interface Held extends AutoCloseable {
    /**
     * Begins a stretch of work that may take so long by its own limits; others wait for it. Of
     * several at once the longest counts. The end of one is progress.
     */
    Stretch expect(Duration limit);

    @Override
    void close();
  }

  /** Work that has a limit of its own, until closed. */
  public interface Stretch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the lock, waiting for another tree to let go of it.
   *
   * @param what what the holder does, for those who wait: {@code ps:restart}
   * @throws UserError if the holder takes longer than its own limits, or the thread is interrupted
   */
  public Held acquire(Call call, AppName app, String what) {
    Instant since = Instant.now();
    boolean told = false;
    while (true) {
      Attempt attempt = attempt(call, app, what, told ? allowance : namesHolderAfter);
      if (attempt.held.isPresent()) {
        return attempt.held.get();
      }
      if (!told && Duration.between(since, Instant.now()).compareTo(namesHolderAfter) >= 0) {
        told = true;
        call.out().warn("Waiting for " + attempt.holder + " of " + app + " to end");
      }
    }
  }

  /** Takes the lock if no other tree holds it. */
  public Optional<Held> tryAcquire(Call call, AppName app, String what) {
    mutex.lock();
    try {
      return take(call, app, what);
    } finally {
      mutex.unlock();
    }
  }

  /** Whether anybody holds the lock of this app. */
  public boolean isHeld(AppName app) {
    mutex.lock();
    try {
      return holders.containsKey(app);
    } finally {
      mutex.unlock();
    }
  }

  /** Whether this call's tree holds the lock of any app. */
  public boolean holdsAny(Call call) {
    mutex.lock();
    try {
      return holders.values().stream().anyMatch(each -> each.tree.equals(call.tree()));
    } finally {
      mutex.unlock();
    }
  }

  private record Attempt(Optional<Held> held, String holder) {}

  @SuppressWarnings(
      "WaitNotInLoop") // acquire() is the loop; it has to let go of the mutex to speak
  private Attempt attempt(Call call, AppName app, String what, Duration patience) {
    mutex.lock();
    try {
      Optional<Held> held = take(call, app, what);
      if (held.isPresent()) {
        return new Attempt(held, what);
      }
      Holder holder = holders.get(app);
      if (holder == null) {
        throw new IllegalStateException("neither held nor free: " + app);
      }
      refuseIfOverdue(app, holder);
      Duration left = Duration.between(Instant.now(), holder.deadline());
      Duration wait = left.compareTo(patience) < 0 ? left : patience;
      changed.await(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
      return new Attempt(Optional.empty(), holder.what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted while waiting for another change of " + app);
    } finally {
      mutex.unlock();
    }
  }

  private static void refuseIfOverdue(AppName app, Holder holder) {
    if (Instant.now().isAfter(holder.deadline())) {
      throw new UserError(
          holder.what
              + " of "
              + app
              + " has been running since "
              + holder.since
              + " and takes longer than its own limits. Try again when it has ended");
    }
  }

  private Optional<Held> take(Call call, AppName app, String what) {
    Holder holder = holders.computeIfAbsent(app, name -> new Holder(call.tree(), what));
    if (!holder.tree.equals(call.tree())) {
      return Optional.empty();
    }
    holder.depth++;
    holder.progress = Instant.now();
    return Optional.of(new Handle(app, holder));
  }

  private final class Holder {
    private final String tree;
    private final String what;
    private final Instant since = Instant.now();
    private final List<Instant> stretches = new ArrayList<>();
    private Instant progress = since;
    private int depth;

    Holder(String tree, String what) {
      this.tree = tree;
      this.what = what;
    }

    /** Until when others wait: the last end of a stretch, and the allowance. */
    Instant deadline() {
      Instant end =
          stretches.stream().filter(progress::isBefore).max(Instant::compareTo).orElse(progress);
      return end.plus(allowance);
    }
  }

  private final class Handle implements Held {
    private final AppName app;
    private final Holder holder;
    private boolean closed;

    Handle(AppName app, Holder holder) {
      this.app = app;
      this.holder = holder;
    }

    @Override
    public Stretch expect(Duration limit) {
      Instant end = Instant.now().plus(limit);
      change(() -> holder.stretches.add(end));
      return () -> change(() -> holder.stretches.remove(end));
    }

    private void change(Runnable change) {
      mutex.lock();
      try {
        change.run();
        holder.progress = Instant.now();
        changed.signalAll();
      } finally {
        mutex.unlock();
      }
    }

    @Override
    public void close() {
      mutex.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
        holder.depth--;
        if (holder.depth == 0) {
          holders.remove(app);
          changed.signalAll();
        }
      } finally {
        mutex.unlock();
      }
    }
  }
}
