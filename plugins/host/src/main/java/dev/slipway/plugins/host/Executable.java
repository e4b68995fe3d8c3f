package dev.slipway.plugins.host;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An executable file of a plugin. */
final class Executable {
  private static final Path BASH = Path.of("/bin/bash");

  private Executable() {}

  static boolean is(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * What to start so that the file runs for this call, in its directory. A text without an
   * interpreter line goes to bash, as it does where a shell starts it.
   */
  static Program program(
      Path file, List<String> arguments, Call call, Map<String, String> environment) {
    if (namesItsInterpreter(file)) {
      return Program.of(file, arguments, environment, call.directory());
    }
    List<String> behindBash = new ArrayList<>(List.of(file.toString()));
    behindBash.addAll(arguments);
    return Program.of(BASH, behindBash, environment, call.directory());
  }

  private static boolean namesItsInterpreter(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && ((start[0] == '#' && start[1] == '!') || start[0] == 0x7f);
    } catch (IOException unreadable) {
      // a program may be executable without being readable; starting it will tell
      return true;
    }
  }
}
