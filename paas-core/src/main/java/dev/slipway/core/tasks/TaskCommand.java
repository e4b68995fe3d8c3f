package dev.slipway.core.tasks;

import dev.slipway.core.engine.Image;
import dev.slipway.core.text.ShellWords;
import java.util.List;

/**
 * The words that run a task's command in its container. Nothing of it is read by a shell of this
 * host. Spec: 03 section 9.
 */
final class TaskCommand {
  /** An entry point that only starts what it is given, so that a shell can stand behind it. */
  private static final List<List<String>> INITS =
      List.of(
          List.of("/tini", "--"),
          List.of("/bin/tini", "--"),
          List.of("/usr/bin/tini", "--"),
          List.of("/usr/local/bin/tini", "--"));

  private static final String PROFILE =
      """
      export HOME=/app
      cd /app
      for file in /app/.profile.d/*; do
        if [ -r "$file" ]; then . "$file"; fi
      done
      """;

  private TaskCommand() {}

  /**
   * @param shell the app's shell, for images without an entry point of their own
   * @throws dev.slipway.core.error.UserError if the command is for the image's entry point and has
   *     a quote without end
   */
  static List<String> words(
      String command, Image image, SourceType source, String shell, boolean trace) {
    if (source == SourceType.DOCKERFILE && hasOwnEntrypoint(image)) {
      return ShellWords.split(command, "the command");
    }
    return List.of(shell, "-c", script(command, source, trace));
  }

  private static boolean hasOwnEntrypoint(Image image) {
    return !image.entrypoint().isEmpty() && !INITS.contains(image.entrypoint());
  }

  static String script(String command, SourceType source, boolean trace) {
    StringBuilder script = new StringBuilder("set -e\n");
    if (trace) {
      script.append("set -x\n");
    }
    script.append("if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi\n");
    if (source == SourceType.HEROKUISH) {
      script.append(PROFILE);
    }
    if (command.startsWith("/")) {
      String program = command.split("[\\s;&|<>()]", 2)[0];
      script
          .append("if [ ! -x ")
          .append(quoted(program))
          .append(" ]; then echo 'specified binary is not executable' >&2; exit 1; fi\n");
    }
    return script.append(command).append('\n').toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
