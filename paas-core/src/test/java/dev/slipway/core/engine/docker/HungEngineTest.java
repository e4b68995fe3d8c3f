package dev.slipway.core.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.process.Programs;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that accepts and never answers, or breaks off after it was told something. */
@Timeout(60)
class HungEngineTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final String INSTALLATION = "0123456789abcdef";
  private static final Streams STREAMS =
      new Streams(
          InputStream.nullInputStream(),
          OutputStream.nullOutputStream(),
          OutputStream.nullOutputStream());

  /** With the time that a busy machine may take. */
  private static DockerEngine engine(FakeSocket socket) {
    return engine(socket, Duration.ofSeconds(20));
  }

  private static DockerEngine engine(FakeSocket socket, Duration limit) {
    DockerSettings settings =
        new DockerSettings(
            socket.path(),
            "slipway-route-test",
            Map.of(DockerSettings.INSTALLATION, INSTALLATION),
            Path.of("/usr/bin/docker"),
            Map.of());
    return new DockerEngine(
        settings, new Programs(Optional.empty()), new EngineApi(socket.path(), limit));
  }

  private static ContainerSpec spec() {
    return new ContainerSpec(
        "blog.web.1", List.of(), "dokku/blog", List.of(), Map.of(), Optional.empty());
  }

  private static boolean isPing(String request) {
    return request.contains("/_ping");
  }

  @Test
  void everyCallEndsInTimeWhenTheEngineNeverAnswers() throws Exception {
    try (FakeSocket socket = FakeSocket.open(request -> FakeSocket.NEVER);
        DockerEngine engine = engine(socket, LIMIT)) {
      assertAllEnd(engine);
    }
  }

  @Test
  void everyCallEndsInTimeWhenTheEngineAnswersPingsOnly() throws Exception {
    try (FakeSocket socket =
            FakeSocket.open(request -> isPing(request) ? "200 {}" : FakeSocket.NEVER);
        DockerEngine engine = engine(socket, LIMIT)) {
      assertAllEnd(engine);
    }
  }

  private static void assertAllEnd(DockerEngine engine) throws InterruptedException {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("info", engine::info);
    calls.put("create", () -> engine.create(spec()));
    calls.put("start", () -> engine.start("c"));
    calls.put("stop", () -> engine.stop("c", LIMIT));
    calls.put("kill", () -> engine.kill("c", "TERM"));
    calls.put("rename", () -> engine.rename("c", "d"));
    calls.put("restartPolicy", () -> engine.restartPolicy("c", "no"));
    calls.put("container", () -> engine.container("c"));
    calls.put("containers", () -> engine.containers(List.of("a=b")));
    calls.put("inspectJson", () -> engine.inspectJson("c"));
    calls.put("await", () -> engine.await("c"));
    calls.put("runAttached", () -> engine.runAttached("c", STREAMS, true, Optional.empty()));
    calls.put(
        "exec",
        () ->
            engine.exec("c", List.of("true"), Optional.empty(), STREAMS, false, Optional.empty()));
    calls.put("readFile", () -> engine.readFile("c", "/etc/hostname"));
    calls.put("image", () -> engine.image("dokku/blog"));
    calls.put("images", () -> engine.images(List.of(), false));
    calls.put("tag", () -> engine.tag("i", "dokku/blog", "latest"));
    calls.put("removeImage", () -> engine.removeImage("dokku/blog"));
    calls.put("removeVolume", () -> engine.removeVolume("v"));
    calls.put("routeNetwork", engine::routeNetwork);
    calls.put("connect", () -> engine.connect("n", "c", List.of()));
    calls.put("networkExists", () -> engine.networkExists("n"));
    List<Thread> all = new ArrayList<>();
    List<Throwable> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
    calls.forEach(
        (name, call) ->
            all.add(
                Thread.ofVirtual()
                    .start(
                        () -> {
                          try {
                            assertThatThrownBy(call)
                                .as(name)
                                .isInstanceOf(EngineUnavailable.class)
                                .hasMessageContaining("no answer within");
                          } catch (AssertionError e) {
                            wrong.add(e);
                          }
                        })));
    for (Thread each : all) {
      each.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void anOpenAnswerEndsWhenTheEngineHangsLater() throws Exception {
    AtomicBoolean hung = new AtomicBoolean();
    Function<String, String> script =
        request -> {
          if (hung.get()) {
            return FakeSocket.NEVER;
          }
          if (request.contains("/wait")) {
            hung.set(true);
            return "200 "; // the head only: the body is what the client waits for
          }
          return "200 {}";
        };
    try (FakeSocket socket = FakeSocket.endless(script);
        DockerEngine engine = engine(socket, LIMIT)) {
      assertThatThrownBy(() -> engine.await("c")).isInstanceOf(EngineUnavailable.class);
    }
  }

  @Test
  void aChangeThatBreaksOffIsNotRepeatedAndARequestIs() throws Exception {
    AtomicInteger breaks = new AtomicInteger();
    Function<String, String> script =
        request -> {
          if (isPing(request)) {
            return "200 {}";
          }
          return breaks.incrementAndGet() == 1 || request.startsWith("POST")
              ? FakeSocket.BREAK
              : "200 {\"Id\":\"c\",\"State\":{},\"Config\":{},\"HostConfig\":{}}";
        };
    try (FakeSocket socket = FakeSocket.open(script);
        DockerEngine engine = engine(socket)) {
      engine.inspectJson("c");
      assertThat(socket.requests())
          .containsExactly("GET /v1.41/containers/c/json", "GET /v1.41/containers/c/json");

      assertThatThrownBy(() -> engine.kill("c", "TERM"))
          .isInstanceOf(EngineUnavailable.class)
          .hasMessageContaining(
              "(POST /containers/c/kill?signal=TERM: not known whether it was done)");
      assertThat(socket.requests()).hasSize(3);
    }
  }

  @Test
  void aChangeAfterAnEngineRestartGoesOutOverANewConnection() throws Exception {
    try (FakeSocket socket = FakeSocket.open(request -> "200 {}");
        DockerEngine engine = engine(socket)) {
      engine.start("c");
      socket.dropConnections();

      engine.start("d");

      assertThat(socket.requests())
          .containsExactly("POST /v1.41/containers/c/start", "POST /v1.41/containers/d/start");
    }
  }

  @Test
  void anEngineThatAnswersPingsWithAnErrorIsStillAsked() throws Exception {
    AtomicInteger pings = new AtomicInteger();
    Function<String, String> script =
        request -> isPing(request) && pings.incrementAndGet() > 1 ? "500 {}" : "200 {}";
    try (FakeSocket socket = FakeSocket.open(script);
        DockerEngine engine = engine(socket)) {
      engine.start("c");

      assertThat(socket.requests()).containsExactly("POST /v1.41/containers/c/start");
    }
  }

  @Test
  void aContainerThatWasMadeAlthoughTheEngineWentAwayIsFound() throws Exception {
    try (FakeSocket socket = FakeSocket.open(request -> creation(request, INSTALLATION));
        DockerEngine engine = engine(socket)) {
      assertThat(engine.create(spec())).isEqualTo("made");
      assertThat(socket.requests())
          .containsExactly(
              "POST /v1.41/containers/create?name=blog.web.1",
              "GET /v1.41/containers/blog.web.1/json");
    }
  }

  @Test
  void aContainerOfSomebodyElseIsNotTakenForTheOneThatBrokeOff() throws Exception {
    try (FakeSocket socket = FakeSocket.open(request -> creation(request, "another"));
        DockerEngine engine = engine(socket)) {
      assertThatThrownBy(() -> engine.create(spec()))
          .isInstanceOf(EngineUnavailable.class)
          .hasMessageContaining("not known whether it was done");
    }
  }

  private static String creation(String request, String installation) {
    if (request.startsWith("POST")) {
      return FakeSocket.BREAK;
    }
    return isPing(request)
        ? "200 {}"
        : "200 {\"Id\":\"made\",\"Created\":\""
            + Instant.now()
            + "\",\"Config\":{\"Labels\":{\"dev.slipway.installation\":\""
            + installation
            + "\"}}}";
  }
}
