package dev.slipway.core.report;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.util.List;
import java.util.stream.Stream;

/** Apps that are there without a disk. */
public final class FixedApps implements Reports.VisibleApps {
  private final List<AppName> apps;

  public FixedApps(String... names) {
    this.apps = Stream.of(names).map(AppName::new).toList();
  }

  @Override
  public List<AppName> list(Call call) {
    return apps;
  }

  @Override
  public AppName existing(Call call, String name) {
    AppName app = AppName.parse(name);
    if (!apps.contains(app)) {
      throw UserError.noSuchApp(name);
    }
    return app;
  }
}
