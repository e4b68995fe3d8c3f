package dev.slipway.builder.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One app, a cache of its own and the containers of the stack image that build and run it; all
 * removed at the end.
 */
final class StackApp implements AutoCloseable {
  private static final String STACK =
      System.getenv().getOrDefault("SLIPWAY_TEST_STACK", "slipway/stack:bookworm");
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Path files;
  private final Path variables;
  private final String name = "slipway-stack-it-" + UUID.randomUUID();
  private final List<String> containers = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /**
   * @param files the app
   * @param variables an empty folder, for one file per variable of the build
   */
  StackApp(Path files, Path variables) {
    this.files = files;
    this.variables = variables;
    docker("volume", "create", "--label", "dev.slipway.test=stack", name);
  }

  StackApp with(String variable, String value) throws IOException {
    Files.writeString(variables.resolve(variable), value);
    return this;
  }

  /**
   * Builds the files as a platform would, and keeps the result for {@link #run} and {@link #start}
   * if it passed.
   */
  Said build() {
    String id =
        create(
            Map.of("CACHE_PATH", "/cache", "HEROKUISH_DISABLE_CHOWN", "true"),
            STACK,
            List.of("-v", name + ":/cache"),
            "/build");
    docker("cp", files + "/.", id + ":/app");
    docker("cp", variables + "/.", id + ":/tmp/env");
    Said said = run(List.of("docker", "start", "-a", id));
    if (said.status() == 0) {
      docker("commit", id, name);
    }
    return said;
  }

  /** Runs a command of the built app, such as {@code /exec env}, to its end. */
  Said run(String... command) {
    String id = create(Map.of(), name, List.of(), command);
    return run(List.of("docker", "start", "-a", id));
  }

  /** Starts a process type of the built app, and returns its container. */
  String start(String type) {
    String id = create(Map.of("PORT", "5000"), name, List.of("--init"), "/start", type);
    docker("start", id);
    return id;
  }

  /** What a container answers on a path of port 5000, once it listens. */
  HttpResponse<String> get(String container, String path) throws Exception {
    String address =
        docker("inspect", "-f", "{{.NetworkSettings.IPAddress}}", container).output().strip();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":5000" + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return client.send(request, BodyHandlers.ofString());
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("no answer; its log:\n" + log(container), notYet);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  String log(String container) {
    return docker("logs", container).output();
  }

  /** Asks a process to end and gives it five seconds; how long it took. */
  Duration stop(String container) {
    return Duration.ofMillis(docker("stop", "-t", "5", container).milliseconds());
  }

  private String create(
      Map<String, String> environment, String image, List<String> options, String... command) {
    List<String> words =
        new ArrayList<>(List.of("create", "--label", "dev.slipway.test=stack", "-e"));
    words.add("USER=herokuishuser");
    environment.forEach((key, value) -> words.addAll(List.of("-e", key + "=" + value)));
    words.addAll(options);
    words.add(image);
    words.addAll(Arrays.asList(command));
    String id = docker(words.toArray(String[]::new)).output().strip();
    containers.add(id);
    return id;
  }

  static Said docker(String... words) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(Arrays.asList(words));
    return run(command).well();
  }

  private static Said run(List<String> command) {
    long begin = System.nanoTime();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      Thread limit = Thread.ofVirtual().start(() -> endLate(process));
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      limit.interrupt();
      return new Said(status, output, (System.nanoTime() - begin) / 1_000_000);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    client.close();
    containers.forEach(id -> run(List.of("docker", "rm", "-f", "-v", id)));
    run(List.of("docker", "rmi", "-f", name));
    run(List.of("docker", "volume", "rm", "-f", name));
  }
}
