package dev.slipway.core.call;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program of the host to run.
 *
 * @param file what is executed
 * @param arguments argv without element 0, which is {@code file}
 * @param environment the complete environment
 * @param survivesHangup whether it goes on when the caller goes away; its output is dropped then
 */
public record Program(
    Path file,
    List<String> arguments,
    Map<String, String> environment,
    Path directory,
    boolean survivesHangup) {
  public Program {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  public static Program of(
      Path file, List<String> arguments, Map<String, String> environment, Path directory) {
    return new Program(file, arguments, environment, directory, false);
  }

  public Program survivingHangup() {
    return new Program(file, arguments, environment, directory, true);
  }
}
