package dev.slipway.cli.gate;

import static dev.slipway.core.triggers.CoreTriggers.USER_AUTH;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Command;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Gate;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.plugin.HostEnvironment;
import dev.slipway.core.plugin.PluginCommands;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * {@link Gate} over the catalogue and the commands of third-party plugins. Spec: 01 sections 1 and
 * 3.
 */
public final class CommandGate implements Gate {
  private static final Duration TELLING = Duration.ofSeconds(2);

  private final Catalogue catalogue;
  private final PluginCommands plugins;
  private final HostEnvironment host;
  private final Triggers triggers;
  private final InvocationTrees trees;
  private final CommandRunner runner;
  private final PlugnTrigger plugn;
  private final Audit audit = new Audit();
  private final Draining draining = new Draining();

  public CommandGate(
      Catalogue catalogue,
      PluginCommands plugins,
      HostEnvironment host,
      Triggers triggers,
      InvocationTrees trees,
      VisibleApps apps) {
    this.catalogue = catalogue;
    this.plugins = plugins;
    this.host = host;
    this.triggers = triggers;
    this.trees = trees;
    this.runner = new CommandRunner(apps, catalogue);
    this.plugn = new PlugnTrigger(triggers, trees);
  }

  @Override
  public int run(Call call, CommandLine line) {
    Audit.Running running = audit.begin(call.identity());
    int status = new ErrorText(call.out()).guard(() -> enter(call, line, running));
    running.end(status);
    return status;
  }

  /**
   * Runs no more calls but those that running ones make, and waits for the commands that are not to
   * be cut off; callers of those that take longer are told.
   *
   * @return whether all of them ended in this time
   */
  public boolean drain(Duration grace) throws InterruptedException {
    if (draining.drain(grace)) {
      return true;
    }
    draining.cutOff(TELLING);
    return false;
  }

  private int enter(Call raw, CommandLine line, Audit.Running running) throws Exception {
    List<String> typed = split(line, running);
    if (plugn.isMeant(raw, line)) {
      running.command("plugn trigger", typed.stream().skip(1).findFirst());
      try (InvocationTrees.Membership membership = trees.enter(raw)) {
        return plugn.fire(raw, typed);
      }
    }
    Call completed = raw.withEnvironment(host.complete(raw.environment()));
    GlobalFlags flags =
        GlobalFlags.parse(typed, completed.variable("DOKKU_GLOBAL_FLAGS").orElse(""));
    List<String> words = orHelp(flags.words());
    running.command(words.getFirst(), flags.app().or(() -> words.stream().skip(1).findFirst()));
    Call call =
        completed
            .with(identified(completed, flags, words.getFirst()))
            .without("SSH_ORIGINAL_COMMAND");
    try (InvocationTrees.Membership membership = trees.enter(call)) {
      authorise(call, words);
      return dispatch(call, words, flags.app());
    }
  }

  private static List<String> split(CommandLine line, Audit.Running running) {
    return switch (line) {
      case CommandLine.Words words -> words.words();
      case CommandLine.Typed text -> {
        running.command(text.text().strip().split("\\s", 2)[0], Optional.empty());
        yield WordSplitter.split(text.text());
      }
    };
  }

  private static List<String> orHelp(List<String> words) {
    return words.isEmpty() || words.getFirst().isEmpty() ? List.of("help") : words;
  }

  private static Map<String, String> identified(Call call, GlobalFlags flags, String command) {
    Map<String, String> variables = new HashMap<>(flags.variables());
    variables.put("SSH_USER", call.identity().unixUser());
    variables.put(
        "SSH_NAME", call.identity().keyName().or(() -> call.variable("NAME")).orElse("default"));
    call.identity().keyName().ifPresent(name -> variables.put("NAME", name));
    call.identity().fingerprint().ifPresent(value -> variables.put("FINGERPRINT", value));
    variables.put("DOKKU_COMMAND", command);
    return variables;
  }

  private void authorise(Call call, List<String> words) {
    if (RootCommands.needRoot(words.getFirst()) && !call.identity().root()) {
      throw new UserError("This command must be run as root");
    }
    if (!triggers.isHooked(call, USER_AUTH)) {
      return;
    }
    Object[] arguments =
        Stream.concat(
                Stream.of(call.identity().unixUser(), call.variable("SSH_NAME").orElse("default")),
                words.stream())
            .toArray();
    try {
      triggers.fire(call, USER_AUTH, arguments);
    } catch (TriggerFailed denied) {
      throw new UserError("Access denied");
    }
  }

  private int dispatch(Call call, List<String> words, Optional<String> typedApp) throws Exception {
    String word = Catalogue.translated(words.getFirst());
    Optional<Command> command = catalogue.find(word);
    if (command.isPresent()) {
      return runCore(call, command.get(), withApp(call, typedApp, words.subList(1, words.size())));
    }
    List<String> translated = new ArrayList<>(words);
    translated.set(0, word);
    try (Draining.Running running = draining.begin(trees.isNested(call), true, call.out())) {
      OptionalInt status = plugins.run(call, translated);
      return status.orElseThrow(() -> unknown(words));
    }
  }

  private int runCore(Call call, Command command, List<String> arguments) throws Exception {
    boolean attended = catalogue.isAttended(command);
    try (Draining.Running running = draining.begin(trees.isNested(call), !attended, call.out())) {
      return attended
          ? runner.run(call, command, arguments)
          : Shielded.run(
              call.out(), draining::isCutOff, () -> runner.run(call, command, arguments));
    } catch (TriggerFailed e) {
      // compiled commands of the reference end with 1 whatever the status of the hook was
      throw command.isCompiled() ? UserError.silent(1, e) : e;
    }
  }

  /**
   * Puts the app of {@code --app} in front of what a core command is given; one that an outer call
   * left in the environment only if it is not there already.
   */
  private static List<String> withApp(
      Call call, Optional<String> typedApp, List<String> arguments) {
    if (typedApp.isPresent()) {
      return Stream.concat(typedApp.stream(), arguments.stream()).toList();
    }
    Optional<String> app = call.variable("DOKKU_APP_NAME").filter(name -> !name.isEmpty());
    if (app.isEmpty() || (!arguments.isEmpty() && arguments.getFirst().equals(app.get()))) {
      return arguments;
    }
    return Stream.concat(app.stream(), arguments.stream()).toList();
  }

  private static UserError unknown(List<String> words) {
    return new UserError(
        "`"
            + String.join(" ", words)
            + "` is not a dokku command.\nSee `dokku help` for a list of available commands.");
  }
}
