package dev.slipway.cli.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "one-or-all", description = "Does something with one app or with all")
final class OneOrAll implements Runnable {
  private final VisibleApps apps;
  private final Call call;
  private final Consumer<AppName> one;
  private final BiConsumer<List<AppName>, Integer> every;

  @Option(names = "--all", description = "for all apps")
  private boolean all;

  @Option(names = "--parallel", description = "how many apps at once, -1 for one per processor")
  private int parallel;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  OneOrAll(
      VisibleApps apps,
      Call call,
      Consumer<AppName> one,
      BiConsumer<List<AppName>, Integer> every) {
    this.apps = apps;
    this.call = call;
    this.one = one;
    this.every = every;
  }

  @Override
  public void run() {
    if (all) {
      every.accept(apps.list(call), parallel);
    } else {
      one.accept(apps.existing(call, app));
    }
  }
}
