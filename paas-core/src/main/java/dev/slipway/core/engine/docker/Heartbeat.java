package dev.slipway.core.engine.docker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over an answer that may take any time, as long as a container runs for instance: asks the
 * engine for a sign of life now and then, and ends the answer when there is none within the limit
 * for ordinary calls. A hung engine keeps nobody for ever.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final int BEATS_PER_LIMIT = 4;

  private final EngineApi api;
  private final Runnable end;
  private final Thread thread;
  private volatile boolean closed;

  private Heartbeat(EngineApi api, Runnable end) {
    this.api = api;
    this.end = end;
    this.thread = Thread.ofVirtual().name("engine-heartbeat").unstarted(this::beat);
  }

  /**
   * @param end ends what is watched over, from another thread
   */
  static Heartbeat watch(EngineApi api, Runnable end) {
    Heartbeat heartbeat = new Heartbeat(api, end);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void beat() {
    Duration pause = api.limit().dividedBy(BEATS_PER_LIMIT);
    try {
      do {
        Thread.sleep(pause);
      } while (api.isAlive());
    } catch (InterruptedException over) {
      return;
    }
    if (!closed) {
      LOG.warn("the engine shows no sign of life; what it was asked for is given up");
      end.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
