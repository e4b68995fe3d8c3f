package dev.slipway.plugins.host;

import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.plugin.HostEnvironment;
import dev.slipway.core.plugin.PluginCommands;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Hooks;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Everything for third-party plugins of one installation. Safe for use by many threads. */
public final class PluginHost {
  private static final List<String> KEPT = List.of("LANG", "LC_ALL", "TZ");

  private final Hooks hooks;
  private final PluginCommands commands;
  private final HostEnvironment environment;
  private final PluginListing listing;
  private final CorePlugins skeleton;
  private final PlugnProgram plugn;

  /**
   * @param launcher the program named {@code dokku}; its folder goes in front of {@code PATH}
   * @param defaults {@code /etc/default/dokku}
   * @param own the daemon's environment: its locale goes to bash when it evaluates the host's files
   * @param running whether the call with this token is being run
   */
  public PluginHost(
      Roots roots,
      DurableFiles files,
      Path launcher,
      Path defaults,
      Map<String, String> own,
      PipedPrograms programs,
      Predicate<String> running) {
    PluginFolder folder = new PluginFolder(roots.plugins());
    PluginToml toml = new PluginToml();
    PluginSettings settings = new PluginSettings(toml, roots.plugins());
    this.hooks = new FolderHooks(folder, settings, roots.corePlugins());
    this.commands = new FolderCommands(folder, programs);
    this.environment = variables(roots, launcher, defaults, own, programs, running);
    this.listing = new PluginListing(roots, toml, programs);
    this.skeleton = new CorePlugins(roots, files);
    this.plugn = new PlugnProgram(roots, files, launcher);
  }

  private static HostEnvironment variables(
      Roots roots,
      Path launcher,
      Path defaults,
      Map<String, String> own,
      PipedPrograms programs,
      Predicate<String> running) {
    Map<String, String> base = new HashMap<>(own);
    base.keySet().retainAll(KEPT);
    base.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    base.put("HOME", roots.dokkuRoot().toString());
    base.put("USER", roots.systemUser());
    base.put("DOCKER_BIN", "docker");
    base.put("DOKKU_ROOT", roots.dokkuRoot().toString());
    BashEvaluation bash = new BashEvaluation(programs, base, roots.dokkuRoot());
    Path besideLauncher = launcher.toAbsolutePath().resolveSibling("");
    return new HostVariables(
        roots,
        new EnvironmentFiles(defaults, roots.dokkuRoot(), bash),
        List.of(besideLauncher, PlugnProgram.folder(roots)),
        OsRelease.id(Path.of("/etc/os-release")),
        running);
  }

  /**
   * Puts on disk what plugins look for: the folders of core plugins, {@code plugn}. To be run at
   * each start, before the doors open.
   */
  public void prepare() {
    skeleton.write();
    plugn.write();
  }

  public Hooks hooks() {
    return hooks;
  }

  public PluginCommands commands() {
    return commands;
  }

  public HostEnvironment environment() {
    return environment;
  }

  public PluginListing listing() {
    return listing;
  }
}
