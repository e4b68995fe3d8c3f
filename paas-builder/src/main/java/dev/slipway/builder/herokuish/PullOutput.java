package dev.slipway.builder.herokuish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a docker client says while it pulls: lines of progress, and complaints for the end. */
final class PullOutput {
  private final Consumer<String> lines;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  PullOutput(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Done with the first line: a registry has answered. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  OutputStream progress() {
    return new OutputStream() {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public synchronized void write(int b) {
        begun.complete(null);
        if (b == '\n') {
          lines.accept(line.toString(UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    };
  }

  OutputStream complaints() {
    return complaints;
  }

  /** The last line of the complaints. */
  String reason(int exit) {
    return complaints
        .toString(UTF_8)
        .lines()
        .map(line -> line.strip().replaceFirst("^Error response from daemon: ", ""))
        .filter(line -> !line.isEmpty())
        .reduce((first, second) -> second)
        .orElse("docker pull ended with status " + exit);
  }
}
