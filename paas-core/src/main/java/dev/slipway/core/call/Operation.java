package dev.slipway.core.call;

import dev.slipway.core.error.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A long piece of work that a call is part of, a build or a deploy: it can be cancelled until it is
 * past its point of no return, and it knows how long each of its phases took. What waits or runs
 * for long registers how to end it; what begins a step asks first. A call outside of a build has
 * one that nobody cancels. Safe for use by many threads.
 */
public final class Operation {
  /** The phases of a deploy, by the words that people see. */
  public static final String SOURCE = "source";

  public static final String BUILD = "build";
  public static final String RELEASE = "release";
  public static final String DEPLOY = "deploy";

  private final List<Runnable> stops = new ArrayList<>();
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private boolean cancelled;
  private boolean committed;
  private String phase = "";
  private String source = "";
  private long since;

  /** Takes a way to end something back, when that has ended by itself. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Ends what is under way.
   *
   * @return false if it is past its point of no return and goes on
   */
  public boolean cancel() {
    List<Runnable> all;
    synchronized (this) {
      if (committed) {
        return false;
      }
      cancelled = true;
      all = List.copyOf(stops);
    }
    all.forEach(Runnable::run);
    return true;
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Before a step.
   *
   * @throws UserError if it was cancelled
   */
  public void check() {
    if (isCancelled()) {
      throw new UserError("Cancelled");
    }
  }

  /**
   * The point of no return: from now on it is not cancelled any more.
   *
   * @throws UserError if it was cancelled before
   */
  public synchronized void commit() {
    check();
    committed = true;
  }

  /**
   * How to end something that runs now, without waiting for its end. Run at once if the operation
   * is cancelled already.
   */
  public Registration onCancel(Runnable stop) {
    synchronized (this) {
      if (!cancelled) {
        stops.add(stop);
        return () -> remove(stop);
      }
    }
    stop.run();
    return () -> {};
  }

  private synchronized void remove(Runnable stop) {
    stops.remove(stop);
  }

  /** What it is made from, in words: {@code commit 1a2b3c4}. */
  public synchronized void from(String what) {
    source = what;
  }

  /** Empty where there is none, in redeploys. */
  public synchronized String source() {
    return source;
  }

  /** A phase begins, and the one before it ends. */
  public synchronized void phase(String name) {
    endPhase();
    phase = name;
    since = System.nanoTime();
  }

  /** How long each phase took, the one under way included, in the order of their beginnings. */
  public synchronized Map<String, Duration> phases() {
    String current = phase;
    endPhase();
    phase = current;
    since = System.nanoTime();
    Map<String, Duration> all = new LinkedHashMap<>();
    nanos.forEach((name, time) -> all.put(name, Duration.ofNanos(time)));
    return all;
  }

  private void endPhase() {
    if (!phase.isEmpty()) {
      nanos.merge(phase, System.nanoTime() - since, Long::sum);
    }
  }
}
