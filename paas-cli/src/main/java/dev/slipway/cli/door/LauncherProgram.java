package dev.slipway.cli.door;

import dev.slipway.core.text.ExactText;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * A program for the launcher to run with its own descriptors and terminal. Texts are {@link
 * ExactText}.
 *
 * @param path absolute; it is not looked for in {@code PATH}
 * @param arguments with the program's own name in front
 * @param directory one that cannot be entered is replaced by {@code /}
 */
public record LauncherProgram(
    String path, List<String> arguments, Map<String, String> environment, String directory) {

  /** How it ended: its exit code, 128 + signal, or 127 and why it could not be executed. */
  public record End(int status, String failure) {
    public boolean executed() {
      return failure.isEmpty();
    }
  }

  public LauncherProgram {
    if (!path.startsWith("/") || arguments.isEmpty()) {
      throw new IllegalArgumentException("no absolute path or no arguments: " + path);
    }
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  byte[] payload() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(LauncherWire.ofInt(arguments.size()));
    arguments.forEach(argument -> put(bytes, argument));
    bytes.writeBytes(LauncherWire.ofInt(environment.size()));
    environment.forEach((name, value) -> put(bytes, name + "=" + value));
    put(bytes, path);
    put(bytes, directory);
    return bytes.toByteArray();
  }

  private static void put(ByteArrayOutputStream bytes, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("NUL in an argument, a variable or a path");
    }
    bytes.writeBytes(ExactText.encode(text));
    bytes.write(0);
  }
}
