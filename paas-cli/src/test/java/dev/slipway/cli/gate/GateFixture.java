package dev.slipway.cli.gate;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.plugin.PluginCommands;
import dev.slipway.core.report.FixedApps;
import dev.slipway.core.triggers.FakeHooks;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A gate over a catalogue of the test's own, with the apps {@code blog} and {@code node}. */
final class GateFixture {
  final Catalogue catalogue = new Catalogue();
  final FakeHooks hooks = new FakeHooks();
  final Handlers handlers = new Handlers();
  final Triggers triggers = new Triggers(handlers, hooks, (program, streams) -> 0);
  final List<String> plugins = new ArrayList<>();
  OptionalInt pluginStatus = OptionalInt.empty();

  CommandGate gate() {
    return new CommandGate(
        catalogue.complete(),
        new RecordedPlugins(),
        raw -> raw,
        triggers,
        new InvocationTrees(),
        new FixedApps("blog", "node"));
  }

  int typed(RecordedCall call, String line) {
    return gate().run(call.call(), new CommandLine.Typed(line));
  }

  int words(RecordedCall call, String... words) {
    return gate().run(call.call(), new CommandLine.Words(List.of(words)));
  }

  private final class RecordedPlugins implements PluginCommands {
    @Override
    public OptionalInt run(Call call, List<String> words) {
      plugins.add(String.join(" ", words));
      return pluginStatus;
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
}
