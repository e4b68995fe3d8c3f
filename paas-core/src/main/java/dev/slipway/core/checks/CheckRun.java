package dev.slipway.core.checks;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Streams;
import dev.slipway.core.checks.Healthcheck.Kind;
import dev.slipway.core.checks.ListeningSockets.Socket4Or6;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one check against one container, with its tries. Spec: 04 section 6.3. */
final class CheckRun {
  private static final long POLL_MS = 100;

  private final Engine engine;
  private final PathProbe paths;
  private final ListeningSockets sockets;
  private final Target target;
  private final Map<String, String> headers;

  CheckRun(
      Engine engine,
      PathProbe paths,
      ListeningSockets sockets,
      Target target,
      Map<String, String> headers) {
    this.engine = engine;
    this.paths = paths;
    this.sockets = sockets;
    this.target = target;
    this.headers = Map.copyOf(headers);
  }

  /**
   * @return how many errors count: one for uptime and path, one a try for the others
   */
  int run(Call call, Healthcheck check) throws InterruptedException {
    List<CheckFailed> errors = tries(check);
    if (errors.isEmpty()) {
      call.out().detail("Healthcheck succeeded name='" + check.name() + "'");
      return 0;
    }
    CheckFailed last = errors.getLast();
    show(call, check, last);
    if (check.warn()) {
      return 0;
    }
    return switch (check.kind()) {
      case Kind.Uptime _, Kind.Path _ -> 1;
      case Kind.Command _, Kind.Listening _ -> errors.size();
    };
  }

  private static void show(Call call, Healthcheck check, CheckFailed failure) {
    if (!failure.output().isBlank()) {
      call.out().heading("Start healthcheck output");
      failure
          .output()
          .lines()
          .map(line -> line.replaceAll("\\p{Cntrl}", ""))
          .forEach(call.out()::detail);
      call.out().heading("End healthcheck output");
    }
    Checks.alarm(
        call, "Failure in name='" + check.name() + "': " + String.valueOf(failure.getMessage()));
  }

  /** The errors of all tries if none passed, else none. */
  private List<CheckFailed> tries(Healthcheck check) throws InterruptedException {
    List<CheckFailed> errors = new ArrayList<>();
    awaitAge(check.initialDelay());
    long pause = check.pause();
    for (int attempt = 1; attempt <= check.attempts(); attempt++) {
      try {
        once(check);
        return List.of();
      } catch (CheckFailed e) {
        errors.add(e);
        boolean over = check.kind() instanceof Kind.Uptime || e.isFinal() || isGone();
        if (over || attempt == check.attempts()) {
          return errors;
        }
        Thread.sleep(pauseMillis(check, e, pause));
        pause = check.kind() instanceof Kind.Path ? pause : pause * 2;
      }
    }
    return errors;
  }

  private static long pauseMillis(Healthcheck check, CheckFailed failure, long pause) {
    if (failure.retryAfter() > 0) {
      return failure.retryAfter() * 1000L;
    }
    boolean jitter = check.kind() instanceof Kind.Path && pause < 2;
    return jitter
        ? ThreadLocalRandom.current().nextLong(1000, 2001)
        : pause * 1000 + ThreadLocalRandom.current().nextLong(100);
  }

  /** A container that has ended will not pass at the next try either. */
  private boolean isGone() {
    return container().filter(Container::isRunning).isEmpty();
  }

  private Optional<Container> container() {
    return engine.container(target.containerId());
  }

  private void once(Healthcheck check) throws CheckFailed, InterruptedException {
    switch (check.kind()) {
      case Kind.Uptime uptime -> uptime(uptime.seconds());
      case Kind.Path path -> {
        if (isGone()) {
          throw notRunning();
        }
        paths.run(path, target.address(), check.timeout(), headers);
      }
      case Kind.Command command -> command(command.words(), check.timeout());
      case Kind.Listening listening -> listening(listening.port(), check.timeout());
    }
  }

  private CheckFailed notRunning() {
    return CheckFailed.retriable("container state is not running", stateOf(container()));
  }

  static String stateOf(Optional<Container> container) {
    return "state=" + container.map(Container::status).orElse("missing");
  }

  private Duration age() {
    return container()
        .flatMap(Container::startedAt)
        .map(start -> Duration.between(start, Instant.now()))
        .orElse(Duration.ZERO);
  }

  private void awaitAge(int seconds) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(seconds);
    while (seconds > 0
        && Instant.now().isBefore(deadline)
        && age().compareTo(Duration.ofSeconds(seconds)) < 0
        && !isGone()) {
      Thread.sleep(POLL_MS);
    }
  }

  /** Fails as soon as it is certain, not only when the time is over. */
  private void uptime(int seconds) throws CheckFailed, InterruptedException {
    Instant deadline = Instant.now().plusSeconds(seconds);
    while (true) {
      Optional<Container> container = container();
      int restarts = container.map(Container::restarts).orElse(0);
      if (restarts > 0) {
        throw CheckFailed.forGood(
            "container has restarted " + restarts + " times", stateOf(container));
      }
      if (container.filter(Container::isRunning).isEmpty()) {
        throw CheckFailed.forGood("container state is not running", stateOf(container));
      }
      boolean oldEnough = age().compareTo(Duration.ofSeconds(seconds)) >= 0;
      if (oldEnough || Instant.now().isAfter(deadline)) {
        return;
      }
      Thread.sleep(POLL_MS);
    }
  }

  private void command(List<String> words, int timeout) throws CheckFailed, InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(entrypoint());
    all.addAll(words);
    ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Future<Integer> code =
          thread.submit(
              () ->
                  engine.exec(
                      target.containerId(),
                      all,
                      Optional.empty(),
                      new Streams(InputStream.nullInputStream(), output, output),
                      false,
                      Optional.empty()));
      int status = code.get(timeout, TimeUnit.SECONDS);
      if (status != 0) {
        throw CheckFailed.retriable("non-zero exit code " + status, text(output));
      }
    } catch (TimeoutException e) {
      throw CheckFailed.retriable("timed out after " + timeout + " seconds", text(output));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ToolFailure failure) {
        throw CheckFailed.retriable(String.valueOf(failure.getMessage()), text(output));
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      thread.shutdownNow();
    }
  }

  private static String text(ByteArrayOutputStream output) {
    return output.toString(StandardCharsets.UTF_8);
  }

  private List<String> entrypoint() {
    return container()
        .flatMap(each -> engine.image(each.imageId()))
        .map(Image::entrypoint)
        .orElse(List.of());
  }

  /** Waits within the try for something to listen; passes too when nothing does. */
  private void listening(int port, int timeout) throws CheckFailed, InterruptedException {
    Instant deadline = Instant.now().plusSeconds(timeout);
    Optional<CheckFailed> problem = listeningProblem(port);
    while (problem.isPresent() && Instant.now().isBefore(deadline) && !isGone()) {
      Thread.sleep(POLL_MS);
      problem = listeningProblem(port);
    }
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  private Optional<CheckFailed> listeningProblem(int port) {
    List<Socket4Or6> all = sockets.of(target.containerId()).orElse(List.of());
    boolean right =
        all.isEmpty() || all.stream().anyMatch(each -> each.port() == port && each.isOpenToAll());
    if (right) {
      return Optional.empty();
    }
    Socket4Or6 nearest =
        all.stream()
            .filter(each -> each.port() == port)
            .findFirst()
            .or(() -> all.stream().filter(Socket4Or6::isOpenToAll).findFirst())
            .orElse(all.getFirst());
    return Optional.of(CheckFailed.retriable(problem(nearest, port), ""));
  }

  static String problem(Socket4Or6 actual, int port) {
    String family = actual.isV6() ? "IPv6" : "IPv4";
    String all = actual.isV6() ? "::" : "0.0.0.0";
    if (actual.port() == port) {
      return "container listening on expected port ("
          + port
          + ") with unexpected "
          + family
          + " interface: expected="
          + all
          + " actual="
          + actual.address();
    }
    if (actual.isOpenToAll()) {
      return "container listening on expected "
          + family
          + " interface with an unexpected port: expected="
          + port
          + " actual="
          + actual.port();
    }
    return "container listening on unexpected "
        + family
        + " interface with an unexpected port: expected="
        + all
        + ":"
        + port
        + " actual="
        + actual.address()
        + ":"
        + actual.port();
  }
}
