package dev.slipway.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One app's new file, already in place, on its way into the running nginx. Its outcome is written
 * by the thread that serves the batch and read by the one that submitted it, ordered by the queue's
 * lock.
 */
final class Change {
  private final Call call;
  private final AppName app;
  private final String serviceCommand;
  private final Runnable takeBack;
  private boolean done;
  private @Nullable RuntimeException failure;

  /**
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
    return done;
  }

  void succeed() {
    done = true;
  }

  void refuse(Refusal refusal) {
    String place = refusal.reason();
    fail(
        new ToolFailure(
            "nginx refuses the configuration of " + app + ", the one from before stays: " + place));
  }

  /** Puts the old file back and fails. */
  void fail(RuntimeException cause) {
    done = true;
    failure = cause;
    takeBack.run();
  }

  /**
   * @throws RuntimeException what it failed with
   */
  void result() {
    Optional.ofNullable(failure)
        .ifPresent(
            cause -> {
              throw cause;
            });
  }
}
