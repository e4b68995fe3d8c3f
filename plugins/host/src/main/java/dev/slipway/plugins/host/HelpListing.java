package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.plugin.PluginCommands.Help;
import dev.slipway.plugins.host.PluginFolder.Plugin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what the plugins' {@code commands help} print. A plugin looks at the command line of its
 * parent for {@code --all}, so one bash runs them all and carries the flag when it was asked for;
 * the files come to it on standard input, since a path might look like the flag. Spec: 05 section
 * 1.5.
 */
final class HelpListing {
  private static final Path BASH = Path.of("/bin/bash");
  private static final String SCRIPT =
      "while IFS= read -r -d '' f; do LC_ALL=C \"$f\" help </dev/null || exit; done";
  private static final int DEEPEST = 16;

  private final PluginFolder folder;
  private final PipedPrograms programs;

  HelpListing(PluginFolder folder, PipedPrograms programs) {
    this.folder = folder;
    this.programs = programs;
  }

  Help of(Call call, boolean all) {
    List<Path> files = files();
    if (files.isEmpty()) {
      return new Help(List.of(), 0);
    }
    List<String> arguments = new ArrayList<>(List.of("-c", SCRIPT, "dokku", "help"));
    if (all) {
      arguments.add("--all");
    }
    // ps cuts command lines to COLUMNS where that is set
    Map<String, String> environment = call.without("COLUMNS").environment();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        programs.run(
            Program.of(BASH, arguments, environment, call.directory()),
            new Streams(input(files), out, call.streams().err()));
    return new Help(out.toString(UTF_8).lines().toList(), status);
  }

  private static ByteArrayInputStream input(List<Path> files) {
    StringBuilder paths = new StringBuilder();
    files.forEach(file -> paths.append(file).append('\0'));
    return new ByteArrayInputStream(paths.toString().getBytes(UTF_8));
  }

  /** Every executable named {@code commands} in third-party plugins, at any depth. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      for (Plugin plugin : folder.thirdParty()) {
        Files.walkFileTree(
            plugin.folder(), Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Finder(files));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("looking for commands of plugins", e);
    }
    files.sort(ByteOrder.OF_PATHS);
    return files;
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Finder(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.endsWith("commands") && Executable.is(file) && !PluginFolder.isCore(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
      // a link in a circle, or a folder that is not ours to read, has no commands for anybody
      return FileVisitResult.CONTINUE;
    }
  }
}
