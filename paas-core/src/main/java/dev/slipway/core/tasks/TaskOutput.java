package dev.slipway.core.tasks;

import dev.slipway.core.text.ExactText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** What a task writes, line by line as it comes. A line longer than 64 KiB is broken there. */
final class TaskOutput extends OutputStream {
  private static final int LONGEST = 1 << 16;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  TaskOutput(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      emit();
      return;
    }
    line.write(b);
    if (line.size() >= LONGEST) {
      emit();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    for (int at = from; at < from + count; at++) {
      write(bytes[at]);
    }
  }

  private void emit() {
    byte[] text = line.toByteArray();
    line.reset();
    boolean carriage = text.length > 0 && text[text.length - 1] == '\r';
    lines.accept(ExactText.decode(carriage ? Arrays.copyOf(text, text.length - 1) : text));
  }

  /** Passes on what has no line end. */
  @Override
  public void close() {
    if (line.size() > 0) {
      emit();
    }
  }
}
