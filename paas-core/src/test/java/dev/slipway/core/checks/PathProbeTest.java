package dev.slipway.core.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.core.checks.Healthcheck.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real HTTP server. */
final class PathProbeTest {
  private final PathProbe probe = new PathProbe();

  @SuppressWarnings("NullAway.Init") // JUnit calls setUp first
  private HttpServer server;

  private final CompletableFuture<Map<String, String>> headers = new CompletableFuture<>();

  @BeforeEach
  void setUp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ok", exchange -> answer(exchange, 200, "all is well"));
    server.createContext("/bad", exchange -> answer(exchange, 503, "not yet"));
    server.createContext("/moved", this::redirect);
    server.start();
  }

  @AfterEach
  void tearDown() {
    server.stop(0);
    probe.close();
  }

  private void redirect(HttpExchange exchange) throws IOException {
    redirect(exchange, "/ok");
  }

  private void redirect(HttpExchange exchange, String where) throws IOException {
    exchange.getResponseHeaders().set("Location", where);
    answer(exchange, 302, "");
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    headers.complete(
        Map.of(
            "host", String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
            "x", String.valueOf(exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"))));
    exchange.getResponseHeaders().set("Retry-After", "7");
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
    if (!body.isEmpty()) {
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
    exchange.close();
  }

  private Kind.Path path(String path, String content) {
    return new Kind.Path(path, "http", server.getAddress().getPort(), content, Map.of());
  }

  @Test
  void tellsTheAppItsDomainAndThatTheWebIsEncrypted() throws Exception {
    probe.run(
        path("/ok", "well"),
        "127.0.0.1",
        5,
        Map.of("Host", "blog.example.com", "X-Forwarded-Proto", "https"));
    assertThat(headers.join()).isEqualTo(Map.of("host", "blog.example.com", "x", "https"));
  }

  @Test
  void followsRedirects() {
    assertThatCode(() -> probe.run(path("/moved", "well"), "127.0.0.1", 5, Map.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void followsARedirectToTheHostItWasAskedAsWithoutLeavingTheContainer() throws Exception {
    server.createContext("/away", exchange -> redirect(exchange, "http://blog.example.com/ok"));
    probe.run(path("/away", "well"), "127.0.0.1", 5, Map.of("Host", "blog.example.com"));
    assertThat(headers.join()).containsEntry("host", "blog.example.com");
  }

  @Test
  void followsNoRedirectAwayFromTheContainer() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String elsewhere = "http://127.0.0.1:" + other.getLocalPort() + "/ok";
      server.createContext("/away", exchange -> redirect(exchange, elsewhere));
      assertThatThrownBy(() -> probe.run(path("/away", ""), "127.0.0.1", 2, Map.of()))
          .isInstanceOf(CheckFailed.class)
          .hasMessage("unexpected status code: 302");
    }
  }

  @Test
  void aBodyThatDoesNotEndFailsWithinTheTry() {
    CompletableFuture<HttpExchange> open = new CompletableFuture<>();
    server.createContext(
        "/events",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("data: 1\n\n".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          open.complete(exchange);
        });
    assertThatThrownBy(() -> probe.run(path("/events", ""), "127.0.0.1", 1, Map.of()))
        .isInstanceOf(CheckFailed.class)
        .hasMessage("the response did not end within the timeout");
    open.join().close();
  }

  @Test
  void aStatusThatIsNoSuccessIsRetriedWhenTheAppWants() {
    assertThatThrownBy(() -> probe.run(path("/bad", ""), "127.0.0.1", 5, Map.of()))
        .isInstanceOfSatisfying(
            CheckFailed.class,
            failed -> {
              assertThat(failed).hasMessage("unexpected status code: 503");
              assertThat(failed.output()).isEqualTo("not yet");
              assertThat(failed.retryAfter()).isEqualTo(7);
              assertThat(failed.isFinal()).isFalse();
            });
  }

  @Test
  void missingContentIsFinal() {
    assertThatThrownBy(() -> probe.run(path("/ok", "other"), "127.0.0.1", 5, Map.of()))
        .isInstanceOfSatisfying(CheckFailed.class, failed -> assertThat(failed.isFinal()).isTrue())
        .hasMessage("unable to find expected content in response body: other");
  }

  @Test
  void aPortThatStaysClosedFailsWithinTheTry() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    Kind.Path path = new Kind.Path("/", "http", closed, "", Map.of());
    assertThatThrownBy(() -> probe.run(path, "127.0.0.1", 1, Map.of()))
        .isInstanceOf(CheckFailed.class)
        .hasMessage("connection refused");
  }
}
