package dev.slipway.builder.herokuish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes the output of a build on as it comes, and remembers whose turn it was. */
final class BuildOutput extends OutputStream {
  private static final int LONGEST = 512;
  private static final Pattern TURN =
      Pattern.compile(
          "-----> (?:(.{1,80}) app detected|(?:Fetching|Downloading) (?:custom )?[Bb]uildpack:? (\\S.*))");

  private final OutputStream next;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile String buildpack = "";

  BuildOutput(OutputStream next) {
    this.next = next;
  }

  /** The buildpack that was named last; empty if none was. */
  Optional<String> buildpack() {
    return Optional.of(buildpack).filter(name -> !name.isEmpty());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) throws IOException {
    next.write(bytes, from, count);
    for (int i = from; i < from + count; i++) {
      if (bytes[i] == '\n') {
        read(line.toString(UTF_8));
        line.reset();
      } else if (line.size() < LONGEST) {
        line.write(bytes[i]);
      }
    }
  }

  private void read(String text) {
    Matcher turn = TURN.matcher(text.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").strip());
    if (turn.matches()) {
      buildpack = turn.group(1) == null ? turn.group(2) : turn.group(1);
    }
  }

  @Override
  public void flush() throws IOException {
    next.flush();
  }
}
