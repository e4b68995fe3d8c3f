package dev.slipway.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A container of {@link MemoryEngine}: its program is a thread. Safe for use by many threads. */
final class MemoryContainer {
  final String id;
  final ContainerSpec spec;
  final Map<String, String> labels = new HashMap<>();
  final Map<String, String> addresses = new HashMap<>();
  private final List<Written> log = new ArrayList<>();
  private String name;
  private String policy = "no";
  private boolean removesItself;
  private String status = "created";
  private int exitCode;
  private boolean over = true;
  private Optional<Instant> startedAt = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  /** One line, from standard output or, with {@code error}, the other stream. */
  record Written(Instant time, boolean error, String text) {}

  MemoryContainer(String id, ContainerSpec spec) {
    this.id = id;
    this.spec = spec;
    this.name = spec.name();
    for (int i = 0; i < spec.options().size(); i++) {
      String word = spec.options().get(i);
      if (word.startsWith("--label=")) {
        label(word.substring("--label=".length()));
      } else if (word.equals("--label") || word.equals("-l")) {
        label(spec.options().get(++i));
      } else if (word.startsWith("--restart=")) {
        policy = word.substring("--restart=".length());
      } else if (word.equals("--rm")) {
        removesItself = true;
      }
    }
  }

  private void label(String pair) {
    int equals = pair.indexOf('=');
    labels.put(
        equals < 0 ? pair : pair.substring(0, equals),
        equals < 0 ? "" : pair.substring(equals + 1));
  }

  /** Starts the program unless it runs; tells that it starts, and when it has ended. */
  synchronized void start(
      Streams streams, Consumer<MemoryContainer> started, Consumer<MemoryContainer> ended) {
    if (status.equals("running")) {
      return;
    }
    over = false;
    status = "running";
    startedAt = Optional.of(Instant.now());
    Streams logged =
        new Streams(streams.in(), new Lines(streams.out(), false), new Lines(streams.err(), true));
    started.accept(this);
    thread = Optional.of(Thread.ofVirtual().start(() -> program(logged, ended)));
  }

  private void program(Streams streams, Consumer<MemoryContainer> ended) {
    int code;
    try {
      code = MemoryShell.run(spec.command(), streams);
    } catch (IOException | InterruptedException e) {
      code = 137;
    }
    exited(code);
    ended.accept(this);
    wakeWaiting();
  }

  private synchronized void exited(int code) {
    status = "exited";
    exitCode = code;
  }

  private synchronized void wakeWaiting() {
    over = true;
    notifyAll();
  }

  synchronized void kill() {
    if (status.equals("running")) {
      thread.ifPresent(Thread::interrupt);
    }
  }

  /** Waits for the end of the program, if it was started, and until everybody was told. */
  synchronized int await() throws InterruptedException {
    while (!over) {
      wait();
    }
    return exitCode;
  }

  synchronized boolean isRunning() {
    return status.equals("running");
  }

  synchronized boolean removesItself() {
    return removesItself;
  }

  synchronized String name() {
    return name;
  }

  synchronized void rename(String other) {
    name = other;
  }

  synchronized String policy() {
    return policy;
  }

  synchronized void policy(String other) {
    policy = other;
  }

  synchronized List<Written> log() {
    return List.copyOf(log);
  }

  synchronized Container seen(String imageId) {
    return new Container(
        id,
        name,
        spec.image(),
        imageId,
        status,
        status.equals("running") ? 0 : exitCode,
        0,
        startedAt,
        false,
        labels,
        status.equals("running") ? addresses : Map.of());
  }

  private synchronized void written(boolean error, String line) {
    log.add(new Written(Instant.now(), error, line));
  }

  /** Passes bytes on and keeps them as lines. */
  private final class Lines extends OutputStream {
    private final OutputStream next;
    private final boolean error;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(OutputStream next, boolean error) {
      this.next = next;
      this.error = error;
    }

    @Override
    public void write(int b) throws IOException {
      next.write(b);
      line.write(b);
      if (b == '\n') {
        written(error, line.toString(UTF_8));
        line.reset();
      }
    }
  }
}
