package dev.slipway.cli.config;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import dev.slipway.core.report.Reports.VisibleApps;

/** The commands of {@code config}. */
public final class ConfigCommands {
  private final Config config;
  private final VisibleApps apps;

  public ConfigCommands(Config config, VisibleApps apps) {
    this.config = config;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("config", Layout.COMPILED, "Manage global and app-specific config vars")
        .add(
            "config",
            Syntax.COMPILED_FLAGS_FIRST,
            "config (<app>|--global), Pretty-print an app or global environment",
            call -> new ConfigOverview(config, call, scope(call)))
        .add(
            "config:clear",
            Syntax.COMPILED,
            "config:clear [--no-restart] (<app>|--global), Clears environment variables",
            call ->
                new ConfigRemoval(
                    scope(call), (scope, words, restart) -> config.clear(call, scope, restart)))
        .add(
            "config:export",
            Syntax.COMPILED,
            "config:export [--format=FORMAT] [--merged] (<app>|--global), Export a global or app environment",
            call -> new ConfigExport(config, call, scope(call)))
        .add(
            "config:get",
            Syntax.COMPILED,
            "config:get [--quoted] (<app>|--global) KEY, Display a global or app-specific config value",
            call -> new ConfigGet(config, call, scope(call)))
        .add(
            "config:keys",
            Syntax.COMPILED,
            "config:keys [--merged] (<app>|--global), Show keys set in environment",
            call ->
                new ConfigView(scope(call), (scope, merged) -> config.keys(call, scope, merged)))
        .add(
            "config:show",
            Syntax.COMPILED,
            "config:show [--merged] (<app>|--global), Show keys set in environment",
            call ->
                new ConfigView(scope(call), (scope, merged) -> config.show(call, scope, merged)))
        .add(
            "config:set",
            Syntax.COMPILED,
            "config:set [--encoded] [--no-restart] (<app>|--global) KEY1=VALUE1 [KEY2=VALUE2 ...], Set one or more"
                + " config vars",
            call -> new ConfigSet(config, call, scope(call)))
        .add(
            "config:unset",
            Syntax.COMPILED,
            "config:unset [--no-restart] (<app>|--global) KEY1 [KEY2 ...], Unset one or more config vars",
            call ->
                new ConfigRemoval(
                    scope(call),
                    (scope, words, restart) -> config.unset(call, scope, words, restart)));
  }

  private ConfigScope scope(Call call) {
    return new ConfigScope(apps, call);
  }
}
