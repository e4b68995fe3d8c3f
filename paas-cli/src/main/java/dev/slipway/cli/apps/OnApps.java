package dev.slipway.cli.apps;

import dev.slipway.core.apps.OverAllApps;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command on one app or, with {@code --all}, on all of them. Spec: 04 section 3.2. */
@Command(name = "on-apps", description = "Does something with one app or all of them")
public final class OnApps implements Runnable {
  private final String name;
  private final VisibleApps apps;
  private final Call call;
  private final BiConsumer<AppName, String> action;

  @Option(names = "--all", description = "run against all apps")
  private boolean all;

  @Option(names = "--parallel", defaultValue = "0", description = "how many apps at a time")
  private int parallel;

  @Parameters(arity = "0..*", paramLabel = "APP PROCESS-TYPE")
  private List<String> words = new ArrayList<>();

  /**
   * @param name what is done, {@code restart}
   * @param action gets the app and the word behind it, empty where there is none
   */
  public OnApps(String name, VisibleApps apps, Call call, BiConsumer<AppName, String> action) {
    this.name = name;
    this.apps = apps;
    this.call = call;
    this.action = action;
  }

  @Override
  public void run() {
    if (all) {
      if (words.size() > 1) {
        throw new UserError("Unable to " + name + " all apps when specifying a process name");
      }
      new OverAllApps(apps).run(call, name, parallel, app -> action.accept(app, ""));
      return;
    }
    AppName app = apps.existing(call, words.isEmpty() ? "" : words.getFirst());
    action.accept(app, words.size() > 1 ? words.get(1) : "");
  }
}
