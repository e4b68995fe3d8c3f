package dev.slipway.core.engine.docker;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pools of connections to the engine. After an engine restart they hold dead connections and are
 * forgotten as a whole; the next call connects anew. Safe for use by many threads.
 */
final class Sessions implements AutoCloseable {
  private static final int NEWEST_MINOR = 44;
  private static final int MAX_SHORT = 32;
  private static final int MAX_STREAMS = 10_000;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Longer than a call that is over soon can take, with the proof before it. */
  private static final Duration LAST_ANSWER = Duration.ofMinutes(10);

  private final Path socket;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable Session current;

  Sessions(Path socket) {
    this.socket = socket;
  }

  /**
   * @param calls for calls that are over soon
   * @param streams for those that take their time, so that these never starve the others
   * @param minor of the newest version of the API that both sides know
   */
  record Session(DockerHttpClient calls, DockerHttpClient streams, int minor) {
    DockerHttpClient client(boolean slow) {
      return slow ? streams : calls;
    }

    /** The streams stay: nobody knows how long somebody reads one. */
    void closeCalls() {
      try {
        calls.close();
      } catch (IOException e) {
        throw new UncheckedIOException("closing connections to the engine", e);
      }
    }

    void close() {
      try {
        calls.close();
        streams.close();
      } catch (IOException e) {
        throw new UncheckedIOException("closing connections to the engine", e);
      }
    }
  }

  /** The pools in use; connects where there are none. Ends early when the thread is interrupted. */
  Session get() throws IOException {
    Session known = current;
    return known != null ? known : connect();
  }

  private Session connect() throws IOException {
    try {
      connecting.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while connecting");
    }
    try {
      Session known = current;
      if (known != null) {
        return known;
      }
      Session made = open();
      current = made;
      return made;
    } finally {
      connecting.unlock();
    }
  }

  private Session open() throws IOException {
    DockerHttpClient calls = client(MAX_SHORT);
    int minor;
    try {
      minor = negotiated(calls);
    } catch (RuntimeException e) {
      calls.close();
      throw e;
    }
    return new Session(calls, client(MAX_STREAMS), minor);
  }

  private DockerHttpClient client(int connections) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(URI.create("unix://" + socket))
        .maxConnections(connections)
        .connectionTimeout(CONNECT)
        .build();
  }

  private static int negotiated(DockerHttpClient client) {
    String theirs = ping(client);
    return theirs.matches("1\\.[0-9]{1,4}")
        ? Math.min(NEWEST_MINOR, Integer.parseInt(theirs.substring(2)))
        : NEWEST_MINOR;
  }

  /**
   * Asks for a sign of life.
   *
   * @return the engine's newest version; empty if it does not tell
   */
  static String ping(DockerHttpClient client) {
    Request ping = Request.builder().method(Method.GET).path("/_ping").build();
    try (Response answer = EngineApi.checked(client.execute(ping))) {
      String theirs = answer.getHeader("Api-Version");
      return theirs == null ? "" : theirs;
    }
  }

  /** Lets the pools go unless others have taken their place; answers under way are still read. */
  void forget(Session dead) {
    connecting.lock();
    try {
      if (dead.equals(current)) {
        current = null;
        CompletableFuture.delayedExecutor(
                LAST_ANSWER.toSeconds(), SECONDS, Thread::startVirtualThread)
            .execute(dead::closeCalls);
      }
    } finally {
      connecting.unlock();
    }
  }

  @Override
  public void close() {
    connecting.lock();
    try {
      Session open = current;
      current = null;
      if (open != null) {
        open.close();
      }
    } finally {
      connecting.unlock();
    }
  }
}
