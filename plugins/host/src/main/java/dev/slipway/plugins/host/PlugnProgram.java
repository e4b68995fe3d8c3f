package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The program {@code plugn} that plugins call by name. It does by itself what needs no daemon; a
 * trigger goes through the launcher into the running call. Spec: 05 section 1.6.
 */
final class PlugnProgram {
  private static final String EXECUTABLE = "rwxr-xr-x";

  private final Roots roots;
  private final DurableFiles files;
  private final Path launcher;

  PlugnProgram(Roots roots, DurableFiles files, Path launcher) {
    this.roots = roots;
    this.files = files;
    this.launcher = launcher;
  }

  /** The folder it lies in, which belongs on {@code PATH}. */
  static Path folder(Roots roots) {
    return roots.slipway().resolve("bin");
  }

  /** Writes it, in place of an older one. */
  void write() {
    String script =
        template()
            .replace("@LAUNCHER@", quoted(launcher.toString()))
            .replace("@SOCKET@", quoted(roots.socket().toString()));
    files.update(folder(roots).resolve("plugn"), EXECUTABLE, before -> script);
  }

  private static String template() {
    try (InputStream in = PlugnProgram.class.getResourceAsStream("plugn.sh")) {
      return new String(Objects.requireNonNull(in, "plugn.sh is packed").readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading plugn.sh", e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
