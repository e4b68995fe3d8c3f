package dev.slipway.core.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.error.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Asks the person to type a name before something is destroyed. Spec: 01 section 3.1. */
public final class Confirmation {
  private Confirmation() {}

  /**
   * Returns when the name was typed.
   *
   * @param in where the answer comes from; only its first line is read
   * @throws UserError if anything else was typed, or nothing
   */
  public static void ask(Output out, InputStream in, String kind, String name) {
    out.warn("WARNING: Potentially Destructive Action");
    out.warn("This command will destroy " + kind + " " + name + ".");
    out.warn("To proceed, type \"" + name + "\"");
    out.text("> ");
    String line = firstLine(in);
    String[] words = line.strip().split("\\s+");
    if (line.isBlank()) {
      throw new UserError("unexpected newline");
    }
    if (words.length > 1) {
      throw new UserError("expected newline");
    }
    if (!words[0].equals(name)) {
      throw UserError.plain("Confirmation did not match test. Aborted.", 1);
    }
  }

  private static String firstLine(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int read = in.read();
      if (read < 0) {
        throw new UserError("EOF");
      }
      for (int b = read; b >= 0 && b != '\n' && line.size() < 4096; b = in.read()) {
        line.write(b);
      }
    } catch (IOException e) {
      throw new UserError("EOF");
    }
    return line.toString(UTF_8);
  }
}
