package dev.slipway.core.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Answers that take as long as a container runs. They end early when the thread is interrupted, and
 * when the engine shows no sign of life any more.
 */
final class Interruptible {
  /** What a shell shows for something that was interrupted. */
  static final int STATUS = 130;

  private Interruptible() {}

  @FunctionalInterface
  interface Reader {
    int read(InputStream body) throws IOException;
  }

  /**
   * @param interrupted returned when the thread is interrupted, which stays marked as interrupted
   */
  static int read(Supplier<Response> request, Reader reader, int interrupted, EngineApi api) {
    try (Response answer = request.get();
        Heartbeat _ = Heartbeat.watch(api, answer::close)) {
      CompletableFuture<Integer> result = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> complete(result, answer, reader, api));
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("reading an answer of the engine", e);
    }
  }

  private static void complete(
      CompletableFuture<Integer> result, Response answer, Reader reader, EngineApi api) {
    try (InputStream body = answer.getBody()) {
      result.complete(reader.read(body));
    } catch (IOException e) {
      result.completeExceptionally(api.unavailable(e));
    } catch (UncheckedIOException e) {
      result.completeExceptionally(api.unavailable(e));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
