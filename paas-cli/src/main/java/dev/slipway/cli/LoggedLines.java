package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.slf4j.Logger;

/** Writes each line to a log. Safe for use by many threads. */
final class LoggedLines extends OutputStream {
  private final Logger log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LoggedLines(Logger log) {
    this.log = log;
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      line.write(b);
      return;
    }
    if (line.size() > 0) {
      log.info("said={}", line.toString(UTF_8));
      line.reset();
    }
  }
}
