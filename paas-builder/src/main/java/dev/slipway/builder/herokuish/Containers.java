package dev.slipway.builder.herokuish;

import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers that are gone when their work is done, however it ends. */
final class Containers {
  private static final Logger log = LoggerFactory.getLogger(Containers.class);

  private Containers() {}

  /** A name that no other has. */
  static String name(AppName app, String what) {
    return app
        + "."
        + what
        + "."
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /**
   * @param work gets the container's id; it was not started yet
   */
  static void temporary(Engine engine, ContainerSpec spec, Consumer<String> work) {
    String id = engine.create(spec);
    try {
      work.accept(id);
    } finally {
      remove(engine, id);
    }
  }

  /** Also where the thread was interrupted. What stays is for the next cleanup. */
  private static void remove(Engine engine, String id) {
    boolean interrupted = Thread.interrupted();
    try {
      engine.remove(id, true);
    } catch (ToolFailure e) {
      log.warn("build container not removed container={}: {}", id, e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
