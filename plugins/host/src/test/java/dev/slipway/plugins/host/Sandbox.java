package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** An installation in a folder of its own, with real bash plugins. */
final class Sandbox {
  final Programs programs = new Programs(Optional.empty());
  final Roots roots;
  final DurableFiles files;
  final Path defaults;
  final PluginHost host;
  final Handlers handlers = new Handlers();
  final Triggers triggers;
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  Sandbox(Path folder) {
    String user = System.getProperty("user.name");
    roots =
        new Roots(
            folder.resolve("home"),
            folder.resolve("lib"),
            folder.resolve("log"),
            folder.resolve("run"),
            user,
            user);
    files = new DurableFiles(roots);
    files.createDirectories(roots.dokkuRoot());
    defaults = folder.resolve("default");
    host =
        new PluginHost(
            roots,
            files,
            folder.resolve("bin/dokku"),
            defaults,
            Map.of("LANG", "C.UTF-8"),
            programs,
            "running"::equals);
    host.prepare();
    triggers = new Triggers(handlers, host.hooks(), programs);
  }

  /** Writes an executable of a plugin, which is enabled if it was not there. */
  Path script(String plugin, String file, String text) {
    Path path = plugin(plugin).resolve(file);
    write(path, "#!/usr/bin/env bash\n" + text, "rwxr-xr-x");
    return path;
  }

  Path plugin(String name) {
    Path available = roots.plugins().resolve("available").resolve(name);
    Path enabled = roots.plugins().resolve("enabled").resolve(name);
    files.createDirectories(available);
    try {
      if (!Files.exists(enabled)) {
        Files.createSymbolicLink(enabled, available);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return available;
  }

  static void write(Path path, String text, String mode) {
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(path, text, UTF_8);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Call call() {
    return call("", Map.of());
  }

  /** A call with pipes, its environment completed as the gate does it. */
  Call call(String input, Map<String, String> environment) {
    Streams streams = new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err);
    return Call.from(
        Identity.local("tester", false),
        "tree",
        host.environment().complete(environment),
        roots.dokkuRoot(),
        streams,
        Optional.empty(),
        program -> programs.run(program, streams));
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
