package dev.slipway.cli.standard;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;

/** Finds an app in the words of the shell families. Spec: 02 section 1.1. */
public final class ShellApps {
  private final VisibleApps apps;

  public ShellApps(VisibleApps apps) {
    this.apps = apps;
  }

  /**
   * @throws UserError if there is no such app, or none can have this name; exit code 20 for both
   */
  public AppName existing(Call call, String name) {
    try {
      return apps.existing(call, name);
    } catch (UserError e) {
      throw UserError.noSuchApp(name);
    }
  }
}
