package dev.slipway.core.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.docker.Sessions.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the engine in the newest API version that both sides know. None waits for ever: an
 * answer has a limit, and what may go on as long as a container runs is accompanied by a {@link
 * Heartbeat}. What breaks off is repeated once where that changes nothing (GET, DELETE). Other
 * requests go out once, over a connection that was proven just before, so that an engine restart
 * since the last call does no harm; when they break off it is not known whether they were carried
 * out, and that is what is said. Safe for use by many threads.
 */
final class EngineApi implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration UPLOAD = Duration.ofHours(1);

  /** The library's words, which name a host that there is not. */
  private static final String NO_ANSWER = "failed to respond";

  private final Path socket;
  private final Sessions sessions;
  private final Duration limit;

  EngineApi(Path socket) {
    this(socket, ANSWER);
  }

  /**
   * @param limit for an answer that is expected soon
   */
  EngineApi(Path socket, Duration limit) {
    this.socket = socket;
    this.sessions = new Sessions(socket);
    this.limit = limit;
  }

  /** A request: its limit is that of the whole answer, or of the answer's head for a stream. */
  private record Ask(
      Method method, Target target, @Nullable JsonNode body, Duration limit, boolean slow) {
    boolean repeatable() {
      return method == Method.GET || method == Method.DELETE;
    }

    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(Response answer) throws IOException;
  }

  Path socket() {
    return socket;
  }

  /** How long the engine has for an answer that is expected soon. */
  Duration limit() {
    return limit;
  }

  /** The minor number of the version in use: 41 for {@code 1.41}. */
  int minorVersion() {
    return within(limit, () -> sessions.get().minor());
  }

  String versioned(Target target) {
    return "/v1." + minorVersion() + target;
  }

  JsonNode get(Target target) {
    return json(new Ask(Method.GET, target, null, limit, false));
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
    return json(new Ask(Method.POST, target, null, limit, false));
  }

  JsonNode post(Target target, JsonNode body) {
    return json(new Ask(Method.POST, target, body, limit, false));
  }

  /** A request that the engine may take so much longer for than for others. */
  JsonNode postSlow(Target target, Duration more) {
    return json(new Ask(Method.POST, target, null, limit.plus(more), true));
  }

  JsonNode delete(Target target) {
    return json(new Ask(Method.DELETE, target, null, limit, false));
  }

  /** As {@link #postSlow}. */
  void deleteSlow(Target target, Duration more) {
    json(new Ask(Method.DELETE, target, null, limit.plus(more), true));
  }

  private JsonNode json(Ask ask) {
    return repeated(
        ask,
        answer -> {
          try (answer;
              InputStream text = answer.getBody()) {
            JsonNode tree = JSON.readTree(text);
            return tree == null ? JSON.missingNode() : tree;
          }
        });
  }

  /** Opens an answer that takes its time and begins soon; the caller closes it. */
  Response stream(Method method, Target target) {
    return repeated(new Ask(method, target, null, limit, true), answer -> answer);
  }

  /** Sends a stream, for an hour at most, and opens the answer; never sent twice. */
  Response upload(Method method, Target target, InputStream body) {
    Session proven = within(limit, () -> proven(true));
    Request request =
        Request.builder()
            .method(method)
            .path("/v1." + proven.minor() + target)
            .putHeader("Content-Type", "application/x-tar")
            .body(body)
            .build();
    return within(UPLOAD, () -> checked(proven.streams().execute(request)));
  }

  /** Whether the engine shows a sign of life within the limit of an ordinary answer. */
  boolean isAlive() {
    try {
      Limited.run(limit, () -> Sessions.ping(sessions.get().calls()), version -> {});
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private <T> T repeated(Ask ask, Reading<T> reading) {
    try {
      return once(ask, reading);
    } catch (EngineUnavailable e) {
      if (!ask.repeatable() || isGivenUp(e)) {
        throw e;
      }
      return once(ask, reading);
    }
  }

  private <T> T once(Ask ask, Reading<T> reading) {
    Session used = within(ask.limit, () -> ask.repeatable() ? sessions.get() : proven(ask.slow));
    try {
      return within(ask.limit, () -> reading.read(checked(execute(used, ask))));
    } catch (EngineUnavailable e) {
      forgetUnlessGivenUp(used, e);
      throw ask.repeatable() ? e : brokenOff(ask, e);
    }
  }

  private static Response execute(Session on, Ask ask) {
    var request = Request.builder().method(ask.method).path("/v1." + on.minor() + ask.target);
    if (ask.body != null) {
      request.putHeader("Content-Type", "application/json").bodyBytes(bytes(ask.body));
    }
    return on.client(ask.slow).execute(request.build());
  }

  /** Pools whose next connection has just shown a sign of life. */
  private Session proven(boolean slow) throws IOException {
    Session known = sessions.get();
    try {
      Sessions.ping(known.client(slow));
      return known;
    } catch (Refused answered) {
      return known; // not well perhaps, but there
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      sessions.forget(known);
      return sessions.get();
    }
  }

  /**
   * What does not end in time or is interrupted is given up; everything else as the engine says.
   */
  <T> T within(Duration limit, Limited.Work<T> work) {
    try {
      return Limited.run(limit, work, EngineApi::closeUnwanted);
    } catch (IOException e) {
      throw unavailable(e);
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  private static void closeUnwanted(Object made) {
    if (made instanceof Response answer) {
      answer.close();
    } else if (made instanceof HijackedConnection connection) {
      connection.closeQuietly();
    }
  }

  private void forgetUnlessGivenUp(Session used, EngineUnavailable e) {
    if (!isGivenUp(e)) {
      sessions.forget(used);
    }
  }

  /** Whether the time was over or the thread interrupted; the connection may be well. */
  static boolean isGivenUp(EngineUnavailable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
        return true;
      }
    }
    return false;
  }

  private BrokenOff brokenOff(Ask ask, EngineUnavailable e) {
    return new BrokenOff(e.getMessage() + " (" + ask + ": not known whether it was done)", e);
  }

  static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree always makes JSON", e);
    }
  }

  static Response checked(Response answer) {
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
    String said = String.valueOf(cause.getMessage());
    String reason =
        said.contains(NO_ANSWER) ? "it closed the connection instead of answering" : said;
    return new EngineUnavailable(
        "The Docker engine does not answer at " + socket + ": " + reason, cause);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
