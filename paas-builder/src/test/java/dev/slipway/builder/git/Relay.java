package dev.slipway.builder.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that, each time it is run, is answered by this process: its arguments, environment and
 * streams come over pipes with names. It stands for ssh, and for the launcher.
 */
final class Relay {
  private final Path folder;

  /** What answers a run. */
  interface Answer {
    int run(List<String> arguments, Map<String, String> environment, Streams streams);
  }

  Relay(Path program, Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Files.createDirectories(folder);
    Files.createDirectories(program.getParent());
    for (String pipe : List.of("in", "out", "err")) {
      Process made = new ProcessBuilder("mkfifo", folder.resolve(pipe).toString()).start();
      if (!made.waitFor(10, TimeUnit.SECONDS) || made.exitValue() != 0) {
        throw new IOException("mkfifo failed");
      }
    }
    Files.writeString(
        program,
        """
        #!/bin/sh
        cd %s || exit 99
        printf '%%s\\0' "$@" > arguments
        env -0 > environment
        exec 3<&0
        cat <&3 > in &
        feeder=$!
        cat err >&2 &
        errors=$!
        cat out
        wait $errors
        kill $feeder 2>/dev/null
        exit "$(cat status)"
        """
            .formatted(folder));
    program.toFile().setExecutable(true);
  }

  /** Answers the next run in a thread of its own. */
  Thread next(Answer answer) {
    return Thread.ofPlatform().daemon().start(() -> serve(answer));
  }

  private void serve(Answer answer) {
    try (InputStream in = Files.newInputStream(folder.resolve("in"));
        OutputStream err = Files.newOutputStream(folder.resolve("err"));
        OutputStream out = Files.newOutputStream(folder.resolve("out"))) {
      Map<String, String> environment = new HashMap<>();
      for (String each : parts("environment")) {
        environment.put(each.split("=", 2)[0], each.substring(each.indexOf('=') + 1));
      }
      int status = answer.run(parts("arguments"), environment, new Streams(in, out, err));
      Files.writeString(folder.resolve("status"), Integer.toString(status));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> parts(String file) throws IOException {
    String text = Files.readString(folder.resolve(file), UTF_8);
    return Arrays.stream(text.split("\0")).filter(each -> !each.isEmpty()).toList();
  }
}
