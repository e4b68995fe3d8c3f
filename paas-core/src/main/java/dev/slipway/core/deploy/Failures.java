package dev.slipway.core.deploy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.triggers.TriggerFailed;

/** What a step failed with: the text that is yet to be shown, and the exit code. */
final class Failures {
  private Failures() {}

  /** Shows what was not shown yet; a plugin's executable has spoken for itself. */
  static void show(Call call, RuntimeException failure) {
    switch (failure) {
      case UserError e ->
          e.text().lines().forEach(e.prefixed() ? call.out()::warn : call.out()::errorLine);
      case ToolFailure e -> String.valueOf(e.getMessage()).lines().forEach(call.out()::warn);
      default -> {
        return;
      }
    }
  }

  static int status(RuntimeException failure) {
    return switch (failure) {
      case UserError e -> e.exitCode();
      case TriggerFailed e -> e.status();
      default -> 1;
    };
  }
}
