package dev.slipway.core.tasks;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Operation;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that are gone when their job is, however it ends. The name of each is in the journal
 * before it is made, so that the next start removes what a daemon that was killed left.
 */
public final class ThrowAway implements Recoverer {
  private static final Logger log = LoggerFactory.getLogger(ThrowAway.class);

  /** In a journal entry: the name of the container that was made last. */
  public static final String FACT = "task";

  /** On an image: the name of the container that it was made of. */
  public static final String LABEL = "dev.slipway.task";

  private static final String MARK = ".task-";
  private static final int NAME_BYTES = 6;

  private final Engine engine;
  private final Journal journal;

  public ThrowAway(Engine engine, Journal journal) {
    this.engine = engine;
    this.journal = journal;
  }

  /** {@code APP.WHAT.task-RANDOM}; no process type has such a name, since its index is a number. */
  static String name(AppName app, String what) {
    byte[] random = new byte[NAME_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    return app + "." + what + MARK + HexFormat.of().formatHex(random);
  }

  /**
   * Makes a container, hands its id over, and removes it; it is killed when the deploy is
   * cancelled.
   *
   * @param spec with a name from {@link #name}
   */
  <T> T with(Call call, AppName app, ContainerSpec spec, Function<String, T> job) {
    try (Journal.Entry entry = journal.open(call, app, Map.of())) {
      Step current = journal.current(call, app).orElse(Step.OPENED);
      entry.step(current, Map.of(FACT, spec.name()));
      call.operation().check();
      String id = engine.create(spec, call.out()::warn);
      try (Operation.Registration _ = call.operation().onCancel(() -> engine.kill(id, "KILL"))) {
        return job.apply(id);
      } finally {
        remove(id);
      }
    }
  }

  /**
   * The thread may be interrupted already, when the deploy is being given up. What stays is for the
   * next cleanup.
   */
  private void remove(String id) {
    boolean interrupted = Thread.interrupted();
    try {
      engine.remove(id, true);
    } catch (ToolFailure e) {
      log.warn("container of a task not removed container={}: {}", id, e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void removeOf(Unfinished entry) {
    Optional.ofNullable(entry.facts().get(FACT))
        .filter(name -> name.startsWith(entry.app() + ".") && name.contains(MARK))
        .flatMap(engine::container)
        .ifPresent(container -> engine.remove(container.id(), true));
  }

  @Override
  public void undo(Unfinished entry) {
    removeOf(entry);
  }

  @Override
  public void supersede(Unfinished entry) {
    removeOf(entry);
  }

  @Override
  public void finish(Unfinished entry) {
    removeOf(entry);
  }
}
