package dev.slipway.core.scheduler.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lines of one container among those of others: each goes out whole, with the container's name in
 * front. A line longer than 64 KiB is broken there.
 */
final class LogLines extends OutputStream {
  private static final int LONGEST = 65536;

  private final OutputStream shared;
  private final String colour;
  private final String name;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param shared where all containers' lines go; also the lock
   * @param colour the number of a terminal colour; empty for bare messages
   * @param name {@code web.1}
   */
  LogLines(OutputStream shared, String colour, String name) {
    this.shared = shared;
    this.colour = colour;
    this.name = name;
  }

  @Override
  public void write(int b) throws IOException {
    line.write(b);
    if (b == '\n' || line.size() >= LONGEST) {
      emit();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int start = from;
    int end = from + count;
    for (int at = from; at < end; at++) {
      if (bytes[at] == '\n' || line.size() + at - start + 1 >= LONGEST) {
        line.write(bytes, start, at - start + 1);
        start = at + 1;
        emit();
      }
    }
    line.write(bytes, start, end - start);
  }

  private void emit() throws IOException {
    byte[] text = line.toByteArray();
    line.reset();
    ByteArrayOutputStream whole = new ByteArrayOutputStream(text.length + 64);
    int blank = 0;
    if (!colour.isEmpty()) {
      while (blank < text.length && text[blank] != ' ' && text[blank] != '\n') {
        blank++;
      }
      whole.writeBytes(("\u001b[" + colour + "m").getBytes(UTF_8));
      whole.write(text, 0, blank);
      whole.writeBytes((" app[" + name + "]:\u001b[0m").getBytes(UTF_8));
      if (blank == text.length || text[blank] == '\n') {
        whole.write(' ');
      }
    }
    whole.write(text, blank, text.length - blank);
    if (text.length == 0 || text[text.length - 1] != '\n') {
      whole.write('\n');
    }
    synchronized (shared) {
      whole.writeTo(shared);
      shared.flush();
    }
  }

  /** Passes on what has no line end. */
  void end() throws IOException {
    if (line.size() > 0) {
      emit();
    }
  }
}
