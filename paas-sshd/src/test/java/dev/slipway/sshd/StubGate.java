package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;

/** Commands that show what the door hands over. */
final class StubGate implements BiFunction<Call, String, Integer> {
  /** What was called, in order. */
  final BlockingQueue<String> called = new LinkedBlockingQueue<>();

  @Override
  public Integer apply(Call call, String text) {
    called.add(text);
    String[] words = text.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    try {
      return switch (words[0]) {
        case "" -> {
          call.out().line("help");
          yield 0;
        }
        case "say" -> {
          call.out().line(rest);
          yield 0;
        }
        case "env" -> {
          new TreeMap<>(call.environment())
              .forEach((name, value) -> call.out().line(name + "=" + value));
          yield 0;
        }
        case "who" -> {
          call.out().line(call.identity().name() + " " + call.identity().fingerprint().orElse("?"));
          yield 0;
        }
        case "exit" -> Integer.parseInt(rest);
        case "warn" -> {
          call.out().warn(rest);
          yield 3;
        }
        case "copy" -> {
          call.streams().in().transferTo(call.streams().out());
          yield 0;
        }
        case "sh" -> call.foreground().run(shell(call, rest));
        case "survive" -> call.foreground().run(shell(call, rest).survivingHangup());
        case "twice" -> {
          call.foreground().run(shell(call, "read -r a; echo first $a"));
          call.foreground().run(shell(call, "read -r a; echo second $a"));
          call.out().line("third " + new String(call.streams().in().readAllBytes(), UTF_8).strip());
          yield 0;
        }
        case "git-receive-pack", "git-upload-pack" ->
            call.foreground()
                .run(
                    Program.of(
                            Path.of("/usr/bin/git"),
                            List.of(words[0].substring(4), rest.replace("'", "")),
                            call.environment(),
                            Path.of("/"))
                        .survivingHangup());
        default -> {
          call.out().warn("`" + text + "` is not a command");
          yield 1;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Program shell(Call call, String script) {
    return Program.of(
        Path.of("/bin/sh"), List.of("-c", script), call.environment(), call.directory());
  }
}
