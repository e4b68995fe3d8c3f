package dev.slipway.core.dockeroptions;

import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The options that users add. Each is one line of {@code config/docker-options/APP/SCOPE.PHASE},
 * where the scope is a process type or {@code _default_}; the lines are sorted. Nothing restarts.
 */
public final class DockerOptions {
  static final String PLUGIN = "docker-options";
  private static final String DEFAULT = "_default_";
  private static final Comparator<String> BY_BYTES =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  private final PropertyStore properties;
  private final Triggers triggers;

  public DockerOptions(PropertyStore properties, Triggers triggers) {
    this.properties = properties;
    this.triggers = triggers;
  }

  /**
   * Adds options; one that is there already is there twice then.
   *
   * @param typed the words behind the phases
   */
  public void add(
      Call call, AppName app, String phases, List<String> processes, List<String> typed) {
    Change change =
        change(phases, processes, typed, "Please specify docker options to add to the phase");
    change(
        call,
        app,
        change,
        lines -> {
          List<String> all = new ArrayList<>(lines);
          all.addAll(change.options);
          all.sort(BY_BYTES);
          return all;
        });
  }

  /** Removes every option whose words equal those of a given one, however it is quoted. */
  public void remove(
      Call call, AppName app, String phases, List<String> processes, List<String> typed) {
    Change change =
        change(phases, processes, typed, "Please specify docker options to remove from the phase");
    List<List<String>> unwanted = change.options.stream().map(DockerOptions::words).toList();
    change(
        call,
        app,
        change,
        lines -> lines.stream().filter(line -> !unwanted.contains(words(line))).toList());
  }

  /** Removes all options, of the given phases where there are any. */
  public void clear(Call call, AppName app, String phases, List<String> processes) {
    List<String> types = types(processes);
    if (types.isEmpty()) {
      List<Phase> wanted = phases.isEmpty() ? List.of(Phase.values()) : Phase.list(phases);
      if (phases.isEmpty()) {
        call.out().step("Clearing docker-options for " + app + " on all phases");
      }
      for (Phase phase : wanted) {
        if (!phases.isEmpty()) {
          call.out().step("Clearing docker-options for " + app + " on phase " + phase);
        }
        properties.unset(PLUGIN, Scope.of(app), DEFAULT + "." + phase);
      }
      return;
    }
    for (Phase phase : Phase.list(phases.isEmpty() ? "deploy" : phases)) {
      requireDeploy(phase);
      for (String type : types) {
        call.out()
            .step(
                "Clearing docker-options for "
                    + app
                    + " on phase "
                    + phase
                    + " for process "
                    + type);
        properties.unset(PLUGIN, Scope.of(app), type + "." + phase);
      }
    }
  }

  /** One stored option a line. */
  public void list(Call call, AppName app, String phase, List<String> processes) {
    if (phase.isEmpty()) {
      throw new UserError("--phase is required");
    }
    Phase wanted = Phase.one(phase);
    List<String> types = types(processes);
    if (!types.isEmpty()) {
      requireDeploy(wanted);
    }
    stored(app, types.stream().findFirst(), wanted).forEach(call.out()::line);
  }

  /** The stored options of a phase, of one process type or of the default scope. */
  List<String> stored(AppName app, Optional<String> process, Phase phase) {
    return properties.list(PLUGIN, Scope.of(app), process.orElse(DEFAULT) + "." + phase);
  }

  /** The process types that have options of their own. */
  List<String> processes(AppName app) {
    String suffix = "." + Phase.DEPLOY;
    return properties.all(PLUGIN, Scope.of(app)).keySet().stream()
        .filter(key -> key.endsWith(suffix) && !key.equals(DEFAULT + suffix))
        .map(key -> key.substring(0, key.length() - suffix.length()))
        .toList();
  }

  private record Change(List<Phase> phases, List<String> types, List<String> options) {}

  private static Change change(
      String phases, List<String> processes, List<String> typed, String empty) {
    List<Phase> wanted = Phase.list(phases);
    OptionText text = OptionText.parse(typed);
    List<String> named = new ArrayList<>(processes);
    named.addAll(text.processes());
    if (text.options().isEmpty()) {
      throw new UserError(empty);
    }
    List<String> types = types(named);
    if (!types.isEmpty()) {
      wanted.forEach(DockerOptions::requireDeploy);
    }
    return new Change(wanted, types, text.options());
  }

  private void change(Call call, AppName app, Change change, UnaryOperator<List<String>> lines) {
    change.types.forEach(type -> warnUnlessDeclared(call, app, type));
    List<String> scopes = change.types.isEmpty() ? List.of(DEFAULT) : change.types;
    for (String scope : scopes) {
      for (Phase phase : change.phases) {
        properties.updateList(PLUGIN, Scope.of(app), scope + "." + phase, lines);
      }
    }
  }

  private void warnUnlessDeclared(Call call, AppName app, String type) {
    boolean declared =
        !triggers.holds(call, PROCFILE_EXISTS, app)
            || !triggers.ask(call, PROCFILE_GET_COMMAND, app, type).isEmpty();
    if (!declared) {
      call.out().warn("Process type \"" + type + "\" is not declared in the Procfile for " + app);
    }
  }

  private static List<String> types(List<String> processes) {
    List<String> types =
        processes.stream().flatMap(each -> Arrays.stream(each.split(",", -1))).toList();
    for (String type : types) {
      if (type.isEmpty()) {
        throw new UserError("--process value must not be empty");
      }
      if (type.equals(DEFAULT)) {
        throw new UserError("\"_default_\" is reserved and cannot be used as a --process value");
      }
      if (!ProcessType.isValid(type)) {
        throw new UserError("Invalid process type: " + type);
      }
    }
    return types;
  }

  private static void requireDeploy(Phase phase) {
    if (phase != Phase.DEPLOY) {
      throw new UserError(
          "--process is only supported for the deploy phase, got \"" + phase + "\"");
    }
  }

  /** A stored line as words; one that somebody else broke is one word. */
  private static List<String> words(String line) {
    try {
      return ShellWords.split(line, "docker option");
    } catch (UserError broken) {
      return List.of(line);
    }
  }
}
