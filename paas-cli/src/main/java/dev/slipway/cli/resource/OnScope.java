package dev.slipway.cli.resource;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Reports.VisibleApps;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose values a command is about. */
final class OnScope {
  @Option(names = "--global", description = "the values of the installation")
  private boolean global;

  @Option(names = "--process-type", defaultValue = "", description = "only for this process type")
  private String process = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  String process() {
    return process;
  }

  /**
   * @throws dev.slipway.core.error.UserError if no app is named, or there is none of that name
   */
  Scope scope(Call call, VisibleApps apps) {
    return global ? Scope.GLOBAL : Scope.of(apps.existing(call, app));
  }
}
