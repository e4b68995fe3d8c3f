package dev.slipway.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Streams;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The few programs that containers of {@link MemoryEngine} can run. */
final class MemoryShell {
  private static final int NOT_FOUND = 127;

  private MemoryShell() {}

  static int run(List<String> command, Streams streams) throws IOException, InterruptedException {
    if (command.isEmpty()) {
      return 0;
    }
    List<String> rest = command.subList(1, command.size());
    return switch (command.getFirst()) {
      case "sh" -> script(command.getLast(), streams);
      case "echo" -> print(streams.out(), String.join(" ", rest));
      case "cat" -> {
        streams.in().transferTo(streams.out());
        yield 0;
      }
      case "sleep" -> pause(rest.getFirst());
      case "true" -> 0;
      case "false" -> 1;
      default -> NOT_FOUND;
    };
  }

  /** Commands between semicolons, {@code exit N} and {@code >&2} among them. */
  private static int script(String text, Streams streams) throws IOException, InterruptedException {
    for (String line : text.split(";")) {
      String command = line.strip();
      if (command.startsWith("exit ")) {
        return Integer.parseInt(command.substring("exit ".length()));
      }
      boolean errors = command.endsWith(">&2");
      String words = errors ? command.substring(0, command.length() - 3).strip() : command;
      run(
          Arrays.asList(words.split(" ")),
          errors ? new Streams(streams.in(), streams.err(), streams.err()) : streams);
    }
    return 0;
  }

  private static int print(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(UTF_8));
    return 0;
  }

  /** Waits for the time or to be interrupted, as a killed container is. */
  private static int pause(String seconds) throws InterruptedException {
    Duration time = Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    boolean ended = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    return ended ? 1 : 0;
  }
}
