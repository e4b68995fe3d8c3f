package dev.slipway.cli.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.CommandLine.Typed;
import dev.slipway.core.call.CommandLine.Words;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.model.AppName;
import dev.slipway.core.plugin.PluginCommands;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Hooks;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlugnTriggerTest {
  private static final Trigger SERVICE_ACTION = new Trigger("service-action");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Handlers handlers = new Handlers();
  private final Triggers triggers = new Triggers(handlers, Hooks.NONE, (program, streams) -> 0);
  private final InvocationTrees trees = new InvocationTrees();
  private final CommandGate gate =
      new CommandGate(
          new Catalogue().complete(),
          new NoPlugins(),
          raw -> {
            Map<String, String> completed = new HashMap<>(raw);
            completed.put("COMPLETED", "1");
            return completed;
          },
          triggers,
          trees,
          new NoApps());

  @BeforeEach
  void register() {
    handlers.on(
        "apps",
        SERVICE_ACTION,
        each ->
            each.out()
                .line(
                    each.arguments()
                        + each.call().variable("V").orElse("")
                        + each.call().variable("COMPLETED").orElse("")));
  }

  private int run(CommandLine line, Map<String, String> environment) {
    return gate.run(call(environment), line);
  }

  private Call call(Map<String, String> environment) {
    return Call.from(
        Identity.local("dokku", false),
        "tree",
        environment,
        Path.of("/"),
        new Streams(InputStream.nullInputStream(), out, err),
        Optional.empty(),
        program -> 0);
  }

  @Test
  void firesTheTriggerWithExactArgumentsAndTheEnvironmentAsItIs() {
    Words words = new Words(List.of("plugn-trigger", "service-action", "", "--force", "a b"));

    assertThat(run(words, Map.of("V", "x\ny", "DOKKU_APP_NAME", "blog"))).isZero();

    assertThat(out.toString(UTF_8)).isEqualTo("[, --force, a b]x\ny\n");
  }

  @Test
  void endsWithTheStatusOfTheHook() {
    handlers.on(
        "ports",
        SERVICE_ACTION,
        each -> {
          throw new TriggerFailed(SERVICE_ACTION, "ports", 42);
        });

    assertThat(run(new Words(List.of("plugn-trigger", "service-action")), Map.of())).isEqualTo(42);
  }

  @Test
  void isNoCommandForWhatIsTypedOverSsh() {
    assertThat(run(new Typed("plugn-trigger service-action x"), Map.of())).isEqualTo(1);
    assertThat(
            run(
                new Words(List.of("plugn-trigger", "service-action", "x")),
                Map.of("SSH_ORIGINAL_COMMAND", "plugn-trigger service-action x")))
        .isEqualTo(1);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .startsWith(" !     `plugn-trigger service-action x` is not a dokku command.\n");
  }

  @Test
  void isNoCommandForWhoeverComesThroughSudoFromOutsideOfACall() {
    Words words = new Words(List.of("plugn-trigger", "service-action", "x"));

    assertThat(run(words, Map.of("SUDO_UID", "1000"))).isEqualTo(1);
    assertThat(run(words, Map.of("SUDO_UID", "0"))).isZero();
    try (InvocationTrees.Membership outer = trees.enter(call(Map.of()))) {
      assertThat(run(words, Map.of("SUDO_UID", "1000"))).isZero();
    }
  }

  private static final class NoPlugins implements PluginCommands {
    @Override
    public OptionalInt run(Call call, List<String> words) {
      return OptionalInt.empty();
    }

    @Override
    public Help help(Call call, boolean all) {
      return new Help(List.of(), 0);
    }

    @Override
    public boolean any() {
      return false;
    }
  }

  private static final class NoApps implements VisibleApps {
    @Override
    public List<AppName> list(Call call) {
      return List.of();
    }

    @Override
    public AppName existing(Call call, String name) {
      throw UserError.noSuchApp(name);
    }
  }
}
