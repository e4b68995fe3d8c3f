package dev.slipway.core.enter;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_ENTER;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;

/** {@code enter}: sorts the words and hands them to the scheduler. */
public final class Enter {
  private static final String BY_ID = "--container-id";

  private final Triggers triggers;
  private final VisibleApps apps;

  public Enter(Triggers triggers, VisibleApps apps) {
    this.triggers = triggers;
    this.apps = apps;
  }

  /**
   * Runs a command, or the shell, in a container of an app.
   *
   * @param words the app, then a type, an instance or {@code --container-id ID}, then the command;
   *     {@code --} may stand before the command, and alone in place of the type
   * @throws UserError with the command's exit code if that is not 0
   */
  public void run(Call call, List<String> words) {
    if (words.isEmpty()) {
      throw UserError.silent(1);
    }
    AppName app = existing(call, words.getFirst());
    List<String> rest = new ArrayList<>(words.subList(1, words.size()));
    List<Object> arguments = new ArrayList<>();
    arguments.add(triggers.ask(call, SCHEDULER_DETECT, app));
    arguments.add(app);
    arguments.addAll(which(rest));
    if (!rest.isEmpty() && rest.getFirst().equals("--")) {
      rest.removeFirst();
    }
    arguments.add("--");
    arguments.addAll(rest);
    triggers.fire(call, SCHEDULER_ENTER, arguments.toArray());
  }

  /** Takes what names the container off the words. */
  private static List<String> which(List<String> rest) {
    if (rest.isEmpty() || rest.getFirst().equals("--")) {
      return List.of();
    }
    String first = rest.removeFirst();
    if (first.startsWith(BY_ID + "=")) {
      return List.of(BY_ID, first.substring(BY_ID.length() + 1));
    }
    if (first.equals(BY_ID)) {
      if (rest.isEmpty()) {
        throw new UserError("expected " + BY_ID + " to have an argument");
      }
      return List.of(BY_ID, rest.removeFirst());
    }
    return List.of(first);
  }

  /** As the shell families do, a name that none can have is just one that does not exist. */
  private AppName existing(Call call, String name) {
    try {
      return apps.existing(call, name);
    } catch (UserError e) {
      throw UserError.noSuchApp(name);
    }
  }
}
