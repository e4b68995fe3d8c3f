package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
        case "ask" -> {
          call.out().text("> ");
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(call.streams().in(), UTF_8));
          call.out().line("got " + reader.readLine());
          yield 0;
        }
        case "wait" -> {
          call.out().line("waiting");
          yield interrupted() ? 130 : 1;
        }
        case "size" -> {
          CountDownLatch resized = new CountDownLatch(1);
          try (var listener = call.terminal().orElseThrow().onResize(size -> resized.countDown())) {
            call.out().line("now " + call.terminal().orElseThrow().size());
            resized.await();
            call.out().line("then " + call.terminal().orElseThrow().size());
          }
          yield 0;
        }
        case "raw" -> {
          try (var raw = call.terminal().orElseThrow().raw()) {
            call.streams().out().write("ready\n".getBytes(UTF_8));
            call.streams().out().flush();
            call.streams().out().write(call.streams().in().readNBytes(3));
          }
          yield 0;
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
    } catch (InterruptedException e) {
      return 130;
    }
  }

  private static boolean interrupted() {
    try {
      return !new CountDownLatch(1).await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static Program shell(Call call, String script) {
    return Program.of(
        Path.of("/bin/sh"), List.of("-c", script), call.environment(), call.directory());
  }
}
