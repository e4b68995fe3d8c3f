package dev.slipway.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One app's new file, already in place, on its way into the running nginx. */
final class Change {
  private final Call call;
  private final AppName app;
  private final String serviceCommand;
  private final Runnable takeBack;
  private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

  /**
   * @param serviceCommand as {@link NginxHost#reload}
   * @param takeBack puts the file from before back
   */
  Change(Call call, AppName app, String serviceCommand, Runnable takeBack) {
    this.call = call;
    this.app = app;
    this.serviceCommand = serviceCommand;
    this.takeBack = takeBack;
  }

  Call call() {
    return call;
  }

  AppName app() {
    return app;
  }

  String serviceCommand() {
    return serviceCommand;
  }

  boolean isDone() {
    return outcome.isDone();
  }

  void succeed() {
    outcome.complete(true);
  }

  void refuse(Refusal refusal) {
    fail(
        new ToolFailure(
            "nginx refuses the configuration of "
                + app
                + ", the one from before stays: "
                + refusal.reason()));
  }

  /** Puts the old file back and fails. */
  void fail(RuntimeException cause) {
    try {
      takeBack.run();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
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
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
