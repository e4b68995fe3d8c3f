package dev.slipway.core.sshkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a key from the standard input of a call: its first line, with or without its end. */
final class KeyInput {
  private static final int LONGEST = 64 * 1024;

  private final Call call;

  KeyInput(Call call) {
    this.call = call;
  }

  /**
   * @throws UserError if the input is a terminal or has nothing
   */
  String line() {
    if (call.terminal().isPresent()) {
      throw noKey();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = call.streams().in();
    try {
      int next = in.read();
      if (next < 0) {
        throw noKey();
      }
      while (next >= 0 && next != '\n' && line.size() < LONGEST) {
        line.write(next);
        next = in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading the key", e);
    }
    if (line.toString(UTF_8).isBlank()) {
      throw new UserError("Empty key was specified");
    }
    return line.toString(UTF_8);
  }

  private static UserError noKey() {
    return new UserError("No key specified via file or pipe");
  }
}
