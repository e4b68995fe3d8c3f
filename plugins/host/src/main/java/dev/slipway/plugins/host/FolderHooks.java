package dev.slipway.plugins.host;

import dev.slipway.core.call.Call;
import dev.slipway.core.triggers.Hook;
import dev.slipway.core.triggers.Hooks;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.plugins.host.PluginFolder.Plugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Hooks} over the plugin folder. A call whose {@code PLUGIN_PATH} is that of the core
 * plugins ({@code plugin:install --core}) has none. Spec: 05 section 1.7.
 */
final class FolderHooks implements Hooks {
  private final PluginFolder folder;
  private final PluginSettings settings;
  private final String corePath;

  FolderHooks(PluginFolder folder, PluginSettings settings, Path corePath) {
    this.folder = folder;
    this.settings = settings;
    this.corePath = corePath.toString();
  }

  private List<Plugin> plugins(Call call) {
    boolean coreOnly = call.variable("PLUGIN_PATH").filter(corePath::equals).isPresent();
    return coreOnly ? List.of() : folder.thirdParty();
  }

  @Override
  public List<Hook> of(Call call, Trigger trigger) {
    List<Hook> hooks = new ArrayList<>();
    for (Plugin plugin : plugins(call)) {
      Path file = plugin.file(trigger.name());
      if (Executable.is(file)) {
        hooks.add(new Hook(plugin.name(), file));
      } else if (Files.isRegularFile(file)) {
        call.out()
            .errorLine(
                "Trigger '"
                    + trigger
                    + "' is not executable, skipping plugin ("
                    + plugin.name()
                    + ")");
      }
    }
    return hooks;
  }

  @Override
  public boolean exist(Call call, Trigger trigger) {
    return plugins(call).stream()
        .anyMatch(plugin -> Files.isRegularFile(plugin.file(trigger.name())));
  }

  @Override
  public int run(Call call, Hook hook, List<String> arguments) {
    Map<String, String> environment = new HashMap<>(call.environment());
    environment.putAll(settingsUpTo(hook, call.environment()));
    return call.foreground().run(Executable.program(hook.file(), arguments, call, environment));
  }

  /**
   * The settings of this plugin and of those that ran before it in the same chain, where they stay
   * set.
   */
  private Map<String, String> settingsUpTo(Hook hook, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>();
    String trigger = String.valueOf(hook.file().getFileName());
    for (Plugin plugin : folder.thirdParty()) {
      if (ByteOrder.OF_NAMES.compare(plugin.name(), hook.plugin()) > 0) {
        return all;
      }
      if (Executable.is(plugin.file(trigger))) {
        all.putAll(settings.of(plugin, environment));
      }
    }
    return all;
  }
}
