package dev.slipway.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One app's new file, already in place, on its way into the running nginx. */
final class Change {
  private final Call call;
  private final AppName app;
  private final long ticket;
  private final String serviceCommand;
  private final Runnable takeBack;
  private final Queue<String> words = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

  /**
   * @param ticket of the build, as {@link SiteFiles#ticket}
   * @param serviceCommand as {@link NginxHost#reload}
   * @param takeBack puts the file from before back
   */
  Change(Call call, AppName app, long ticket, String serviceCommand, Runnable takeBack) {
    this.call = call;
    this.app = app;
    this.ticket = ticket;
    this.serviceCommand = serviceCommand;
    this.takeBack = takeBack;
  }

  AppName app() {
    return app;
  }

  long ticket() {
    return ticket;
  }

  String serviceCommand() {
    return serviceCommand;
  }

  /** Keeps a warning for the caller until he has the outcome: the queue waits for nobody. */
  void warn(String text) {
    words.add(text);
  }

  void succeed() {
    outcome.complete(true);
  }

  void refuse(Refusal refusal) {
    takeBackAndFail(
        new ToolFailure(
            "nginx refuses the configuration of "
                + app
                + ", the one from before stays: "
                + refusal.reason()));
  }

  /** Puts the files from before back, and fails whatever comes of that. */
  void takeBackAndFail(Throwable cause) {
    takeBack(cause);
    fail(cause);
  }

  /** Puts the files from before back; what goes wrong with that is added to the cause. */
  void takeBack(Throwable cause) {
    try {
      takeBack.run();
    } catch (Throwable e) { // the outcome is still to come
      if (!e.equals(cause)) {
        cause.addSuppressed(e);
      }
    }
  }

  void fail(Throwable cause) {
    outcome.completeExceptionally(cause);
  }

  /**
   * Waits for the outcome, even while the thread is told to stop: what is in the queue is finished
   * or taken back, and both end within the limits of the queue.
   *
   * @throws RuntimeException what it failed with
   */
  void await() {
    try {
      outcome.join();
      say();
    } catch (CompletionException e) {
      say();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void say() {
    words.forEach(call.out()::warn);
  }
}
