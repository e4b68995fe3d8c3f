package dev.slipway.core.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.core.engine.EngineUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the engine in the newest API version that both sides know. Short calls and streams
 * have pools of their own, so that followed logs never starve a start. After an engine restart the
 * pools hold dead connections; they are thrown away then and the request is sent once more. Safe
 * for use by many threads.
 */
final class EngineApi implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int NEWEST_MINOR = 44;
  private static final int MAX_SHORT = 32;
  private static final int MAX_STREAMS = 10_000;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private final Path socket;
  private volatile @Nullable Session session;

  EngineApi(Path socket) {
    this.socket = socket;
  }

  private record Session(DockerHttpClient calls, DockerHttpClient streams, int minor) {
    void close() {
      try {
        calls.close();
        streams.close();
      } catch (IOException e) {
        throw new UncheckedIOException("closing connections to the engine", e);
      }
    }
  }

  Path socket() {
    return socket;
  }

  /** The minor number of the version in use: 41 for {@code 1.41}. */
  int minorVersion() {
    return session().minor;
  }

  String versioned(Target target) {
    return "/v1." + minorVersion() + target;
  }

  JsonNode get(Target target) {
    return json(Method.GET, target, null);
  }

  /** Empty if the engine knows no such thing. */
  Optional<JsonNode> find(Target target) {
    try {
      return Optional.of(get(target));
    } catch (Refused e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  JsonNode post(Target target) {
    return json(Method.POST, target, null);
  }

  JsonNode post(Target target, JsonNode body) {
    return json(Method.POST, target, body);
  }

  JsonNode delete(Target target) {
    return json(Method.DELETE, target, null);
  }

  private JsonNode json(Method method, Target target, @Nullable JsonNode body) {
    try (Response answer = sent(method, target, body, false);
        InputStream text = answer.getBody()) {
      JsonNode tree = JSON.readTree(text);
      return tree == null ? JSON.missingNode() : tree;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** Opens an answer that takes its time; the caller closes it. */
  Response stream(Method method, Target target) {
    return sent(method, target, null, true);
  }

  /** Sends a stream and opens the answer; never sent twice. */
  Response upload(Method method, Target target, InputStream body) {
    Request request =
        Request.builder()
            .method(method)
            .path(versioned(target))
            .putHeader("Content-Type", "application/x-tar")
            .body(body)
            .build();
    try {
      return checked(session().streams.execute(request));
    } catch (UncheckedIOException e) {
      throw unavailable(e);
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  private Response sent(Method method, Target target, @Nullable JsonNode body, boolean stream) {
    Session used = session();
    try {
      return execute(used, method, target, body, stream);
    } catch (EngineUnavailable e) {
      forget(used);
      if (timedOut(e) || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return execute(session(), method, target, body, stream);
    }
  }

  private Response execute(
      Session on, Method method, Target target, @Nullable JsonNode body, boolean stream) {
    var request = Request.builder().method(method).path("/v1." + on.minor + target);
    if (body != null) {
      request.putHeader("Content-Type", "application/json").bodyBytes(bytes(body));
    }
    try {
      return checked((stream ? on.streams : on.calls).execute(request.build()));
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree always makes JSON", e);
    }
  }

  private static Response checked(Response answer) {
    int status = answer.getStatusCode();
    if (status < 400) {
      return answer;
    }
    try (answer;
        InputStream text = answer.getBody()) {
      throw new Refused(status, words(text.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the engine says in an error answer, without the JSON around it. */
  static String words(byte[] body) {
    String text = new String(body, UTF_8).strip();
    try {
      JsonNode message = JSON.readTree(text).path("message");
      return message.isTextual() ? message.textValue() : text;
    } catch (JsonProcessingException notJson) {
      return text;
    }
  }

  private Session session() {
    Session known = session;
    return known != null ? known : connect();
  }

  private synchronized Session connect() {
    Session known = session;
    if (known != null) {
      return known;
    }
    DockerHttpClient calls = client(MAX_SHORT, ANSWER);
    DockerHttpClient streams = client(MAX_STREAMS, Duration.ZERO);
    Session made = new Session(calls, streams, negotiated(calls));
    session = made;
    return made;
  }

  private DockerHttpClient client(int connections, Duration answer) {
    var builder =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(URI.create("unix://" + socket))
            .maxConnections(connections)
            .connectionTimeout(CONNECT);
    return answer.isZero() ? builder.build() : builder.responseTimeout(answer).build();
  }

  private int negotiated(DockerHttpClient client) {
    Request ping = Request.builder().method(Method.GET).path("/_ping").build();
    try (Response answer = checked(client.execute(ping))) {
      String theirs = answer.getHeader("Api-Version");
      return theirs == null || !theirs.matches("1\\.[0-9]{1,4}")
          ? NEWEST_MINOR
          : Math.min(NEWEST_MINOR, Integer.parseInt(theirs.substring(2)));
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  private synchronized void forget(Session dead) {
    if (dead.equals(session)) {
      session = null;
    }
  }

  private RuntimeException translated(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EngineUnavailable already) {
        return already;
      }
      if (cause instanceof IOException broken) {
        return unavailable(broken);
      }
    }
    return e;
  }

  EngineUnavailable unavailable(Exception cause) {
    return new EngineUnavailable(
        "The Docker engine does not answer at " + socket + ": " + cause.getMessage(), cause);
  }

  private static boolean timedOut(EngineUnavailable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void close() {
    Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
