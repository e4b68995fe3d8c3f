package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/**
 * A plugin of the test resources, one script under the name of every trigger of a push: {@code
 * recorder} notes them, {@code nester} changes its own app from each.
 */
final class FixturePlugin {
  private final String name;
  private final String kind;

  FixturePlugin(String kind) {
    this(kind, kind);
  }

  /**
   * @param name decides the place in each chain
   */
  FixturePlugin(String name, String kind) {
    this.name = name;
    this.kind = kind;
  }

  /** The triggers of a push, in byte order. */
  static List<String> triggers() {
    return text("triggers").lines().toList();
  }

  /** Puts it below {@code PLUGIN_PATH/available} and enables it. */
  void install(Path pluginPath) throws IOException {
    install(pluginPath, triggers());
  }

  void install(Path pluginPath, List<String> triggers) throws IOException {
    Path available = Files.createDirectories(pluginPath.resolve("available").resolve(name));
    Files.writeString(available.resolve("plugin.toml"), text(kind + "/plugin.toml"));
    String script = text(kind + "/hook");
    for (String trigger : triggers) {
      Path hook = Files.writeString(available.resolve(trigger), script);
      Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path enabled = Files.createDirectories(pluginPath.resolve("enabled"));
    Files.createSymbolicLink(enabled.resolve(name), available);
  }

  private static String text(String file) {
    try (InputStream in = FixturePlugin.class.getResourceAsStream("/plugins/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
