package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a terminal does with keys while nobody wants them raw: echo, erase, whole lines, signals.
 * Used by one thread.
 */
final class LineEditor {
  private static final int LONGEST = 4096;
  private static final byte[] NEW_LINE = {'\r', '\n'};
  private static final byte[] ERASE = {'\b', ' ', '\b'};

  private final Keys keys;
  private final OutputStream echo;
  private final Consumer<String> signals;
  private final byte[] line = new byte[LONGEST];
  private int length;
  private boolean afterReturn;

  LineEditor(Keys keys, OutputStream echo, Consumer<String> signals) {
    this.keys = keys;
    this.echo = echo;
    this.signals = signals;
  }

  void type(byte[] typed, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      type(typed[i]);
    }
    echo.flush();
  }

  private void type(byte key) throws IOException {
    boolean pastedLineEnd = afterReturn && key == '\n';
    afterReturn = key == '\r';
    if (pastedLineEnd) {
      return;
    }
    switch (key) {
      case 0x03 -> interrupt("^C", "INT");
      case 0x1c -> interrupt("^\\", "QUIT");
      case 0x04 -> deliver();
      case 0x08, 0x7f -> erase();
      case 0x15 -> {
        while (length > 0) {
          erase();
        }
      }
      case '\r', '\n' -> {
        echo.write(NEW_LINE);
        append((byte) '\n');
        deliver();
      }
      default -> {
        boolean control = key >= 0 && key < 0x20 && key != '\t';
        if (append(key)) {
          echo.write(control ? ("^" + (char) (key + 0x40)).getBytes(US_ASCII) : new byte[] {key});
        }
      }
    }
  }

  private void interrupt(String shown, String signal) throws IOException {
    length = 0;
    echo.write(shown.getBytes(US_ASCII));
    echo.write(NEW_LINE);
    signals.accept(signal);
  }

  /** Hands over what there is; nothing at all is an end of input. */
  private void deliver() {
    keys.offer(Arrays.copyOf(line, length), length);
    length = 0;
  }

  /** Keeps room for the line end. */
  private boolean append(byte key) {
    if (length >= (key == '\n' ? LONGEST : LONGEST - 1)) {
      return false;
    }
    line[length] = key;
    length++;
    return true;
  }

  private void erase() throws IOException {
    if (length == 0) {
      return;
    }
    while (length > 1 && (line[length - 1] & 0xc0) == 0x80) {
      length--;
    }
    length--;
    echo.write(ERASE);
  }
}
