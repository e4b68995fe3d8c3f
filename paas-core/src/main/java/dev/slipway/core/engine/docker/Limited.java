package dev.slipway.core.engine.docker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the engine no longer than a limit. Sockets of this kind know no timeout, but a thread
 * that reads one lets go of it when it is interrupted, so the work is done by a thread of its own.
 */
final class Limited {
  private static final Logger LOG = LoggerFactory.getLogger(Limited.class);

  private Limited() {}

  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * @param unwanted gets what the work made after all when nobody waits for it any more
   * @throws SocketTimeoutException if the limit is over; the work is interrupted then
   * @throws InterruptedIOException if this thread is interrupted, which it stays
   */
  static <T> T run(Duration limit, Work<T> work, Consumer<T> unwanted) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread worker = Thread.ofVirtual().start(() -> complete(result, work, unwanted));
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw givenUp(result, worker, new SocketTimeoutException(after(limit)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp(result, worker, new InterruptedIOException("interrupted"));
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  private static String after(Duration limit) {
    return "no answer within "
        + (limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms");
  }

  private static IOException givenUp(
      CompletableFuture<?> result, Thread worker, IOException reason) {
    result.completeExceptionally(reason);
    worker.interrupt();
    return reason;
  }

  private static IOException rethrown(ExecutionException failed) {
    if (failed.getCause() instanceof IOException broken) {
      return broken;
    }
    if (failed.getCause() instanceof RuntimeException failure) {
      throw failure;
    }
    throw new IllegalStateException("waiting for the engine", failed);
  }

  private static <T> void complete(
      CompletableFuture<T> result, Work<T> work, Consumer<T> unwanted) {
    try {
      T made = work.run();
      if (!result.complete(made)) {
        unwanted.accept(made);
      }
    } catch (IOException | RuntimeException e) {
      if (!result.completeExceptionally(e)) {
        LOG.debug("an answer that nobody waited for any more", e);
      }
    }
  }
}
