package dev.slipway.builder.herokuish;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Operation;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Engine.Event;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the one container of a build to its end, and says why it failed if it did. */
final class BuildContainer {
  private static final Logger log = LoggerFactory.getLogger(BuildContainer.class);
  private static final String FAILED = "Failure starting container during app build";
  private static final int KILLED = 137;

  private final Engine engine;

  BuildContainer(Engine engine) {
    this.engine = engine;
  }

  /**
   * @param words the options it was made with, where a limit of memory stands
   * @throws UserError if it ends with anything but 0; what went wrong has been said
   */
  void run(Call call, String id, List<String> words) {
    AtomicBoolean outOfMemory = new AtomicBoolean();
    BuildOutput out = new BuildOutput(call.streams().out());
    int status;
    call.operation().check();
    try (Watch _ = watch(id, outOfMemory);
        Operation.Registration _ = call.operation().onCancel(() -> engine.kill(id, "KILL"))) {
      status =
          engine.runAttached(
              id, new Streams(InputStream.nullInputStream(), out, out), false, Optional.empty());
    }
    if (status == 0) {
      return;
    }
    call.operation().check(); // a build that was cancelled has not failed by itself
    boolean killed = engine.container(id).map(Container::oomKilled).orElse(false);
    if (outOfMemory.get() || killed) {
      call.out().warn("The build ran out of memory: " + limit(words));
    } else if (status == KILLED) {
      call.out()
          .warn("The build was killed (exit code 137): by hand, or the host is out of memory");
    }
    out.buildpack()
        .ifPresent(
            name ->
                call.out().warn("The buildpack '" + name + "' failed (exit code " + status + ")"));
    throw new UserError(FAILED);
  }

  private static String limit(List<String> words) {
    String limit =
        DockerOption.all(words).stream()
            .filter(option -> option.name().equals("memory"))
            .map(DockerOption::value)
            .reduce((first, second) -> second)
            .orElse("");
    return limit.isEmpty()
        ? "the host has no more to give"
        : "its limit is "
            + limit
            + ". Raise it: resource:limit --process-type build --memory SIZE APP";
  }

  /** Notes when the kernel ends a process of the container, even if the build itself goes on. */
  private Watch watch(String id, AtomicBoolean outOfMemory) {
    try {
      return new Watch(engine.events(event -> note(event, id, outOfMemory)));
    } catch (ToolFailure e) {
      log.info("no events of the build container={}: {}", id, e.getMessage());
      return new Watch(() -> {});
    }
  }

  private static void note(Event event, String id, AtomicBoolean outOfMemory) {
    if (event.action().equals("oom") && event.containerId().equals(id)) {
      outOfMemory.set(true);
    }
  }

  private record Watch(AutoCloseable events) implements AutoCloseable {
    @Override
    public void close() {
      try {
        events.close();
      } catch (Exception e) {
        log.info("events not closed: {}", e.getMessage());
      }
    }
  }
}
