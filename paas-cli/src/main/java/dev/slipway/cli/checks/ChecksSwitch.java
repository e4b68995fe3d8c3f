package dev.slipway.cli.checks;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code checks:enable}, {@code checks:disable} and {@code checks:skip}. */
@Command(name = "checks", description = "Turns checks on or off for an app or some process types")
final class ChecksSwitch implements Runnable {
  private final VisibleApps apps;
  private final Call call;
  private final BiConsumer<AppName, String> action;

  @Parameters(arity = "0..*", paramLabel = "APP PROCESS-TYPES")
  private List<String> words = new ArrayList<>();

  ChecksSwitch(VisibleApps apps, Call call, BiConsumer<AppName, String> action) {
    this.apps = apps;
    this.call = call;
    this.action = action;
  }

  @Override
  public void run() {
    String name = words.isEmpty() ? "" : words.getFirst();
    action.accept(existing(name), words.size() > 1 ? words.get(1) : "");
  }

  private AppName existing(String name) {
    try {
      return apps.existing(call, name);
    } catch (UserError e) {
      throw UserError.noSuchApp(name);
    }
  }
}
