package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all {@code config} commands take: {@code --global}, or an app as the first word. */
final class ConfigScope {
  private final VisibleApps apps;
  private final Call call;

  @Option(names = "--global", description = "use the environment of the installation")
  private boolean global;

  @Parameters(arity = "0..*", paramLabel = "APP")
  private List<String> words = new ArrayList<>();

  ConfigScope(VisibleApps apps, Call call) {
    this.apps = apps;
    this.call = call;
  }

  /**
   * The scope that is meant.
   *
   * @throws dev.slipway.core.error.UserError if there is no such app
   */
  Scope scope() {
    return global
        ? Scope.GLOBAL
        : Scope.of(apps.existing(call, words.isEmpty() ? "" : words.getFirst()));
  }

  /** The words behind the app. */
  List<String> rest() {
    return global || words.isEmpty() ? words : words.subList(1, words.size());
  }
}
