package dev.slipway.cli;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Foreground;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One command run as root in a process of its own, with this process's own descriptors. Spec: 01
 * section 1.6.
 */
final class AdminCall {
  private AdminCall() {}

  static int run(DaemonSettings settings, List<String> words) {
    Installation installation = new Installation(settings);
    Streams streams =
        new Streams(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err));
    Call call =
        Call.from(
            Identity.local("root", "root".equals(System.getProperty("user.name"))),
            UUID.randomUUID().toString(),
            settings.environment(),
            Path.of("").toAbsolutePath(),
            streams,
            Optional.empty(),
            new InheritedForeground());
    return installation.gate().run(call, new CommandLine.Words(words));
  }

  /** Programs get this process's descriptors and terminal. */
  private static final class InheritedForeground implements Foreground {
    @Override
    public int run(Program program) {
      List<String> command = new ArrayList<>();
      command.add(program.file().toString());
      command.addAll(program.arguments());
      ProcessBuilder builder =
          new ProcessBuilder(command).inheritIO().directory(program.directory().toFile());
      builder.environment().clear();
      builder.environment().putAll(program.environment());
      try {
        return builder.start().waitFor();
      } catch (IOException e) {
        throw new dev.slipway.core.error.ToolFailure(
            "running " + program.file() + ": " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 130;
      }
    }
  }
}
