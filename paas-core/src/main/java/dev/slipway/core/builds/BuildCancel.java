package dev.slipway.core.builds;

import static dev.slipway.core.triggers.CoreTriggers.PRE_DELETE;

import dev.slipway.core.builds.RunningBuilds.Running;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Handlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code builds:cancel}: ends what a build runs, programs with their process groups and containers,
 * and waits until it has tidied up after itself. Until the new containers take over, the app stays
 * as it was; from then on a build is let finish. Spec: 03 section 3.3.
 */
public final class BuildCancel {
  private static final Logger log = LoggerFactory.getLogger(BuildCancel.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String CONTAINER_TYPE = "com.dokku.container-type";

  private final BuildRecords records;
  private final CurrentBuild current;
  private final Engine engine;

  public BuildCancel(BuildRecords records, CurrentBuild current, Engine engine) {
    this.records = records;
    this.current = current;
    this.engine = engine;
  }

  /** Cancels what runs for an app; says what became of it. */
  public void run(Call call, AppName app) {
    Optional<String> id = current.announced(call, app);
    if (id.isEmpty()) {
      return;
    }
    Optional<BuildRecord> record = records.find(app, id.get());
    Optional<Running> running = records.running().find(id.get());
    if (record.isEmpty() && running.isEmpty()) {
      call.out().step("No build record for " + id.get() + ", removing stale lock file");
      current.unlock(app, id.get());
    } else if (running.isPresent()) {
      cancel(call, running.get());
    } else {
      stale(call, app, record.orElseThrow());
    }
  }

  public void register(Handlers handlers) {
    handlers.on(BuildRecords.PLUGIN, PRE_DELETE, at -> endAll(at.call(), at.app(0)));
  }

  /**
   * Ends what runs for an app that is being destroyed, so that it makes nothing more once the rest
   * is gone; one that is past its point of no return is waited for.
   */
  private void endAll(Call call, AppName app) {
    long end = System.nanoTime() + GRACE.toNanos();
    for (List<Running> all = others(call, app); !all.isEmpty(); all = others(call, app)) {
      for (Running running : all) {
        call.out().step("Ending build " + running.id());
        if (running.operation().cancel()) {
          endContainers(running.id());
        }
      }
      for (Running running : all) {
        if (!awaitEnd(running, Duration.ofNanos(end - System.nanoTime()))) {
          call.out().warn("Build " + running.id() + " has not ended yet");
          log.warn("app destroyed during its build app={} build={}", app, running.id());
          return;
        }
      }
    }
  }

  private List<Running> others(Call call, AppName app) {
    return records.running().of(app).stream()
        .filter(each -> !each.tree().equals(call.tree()))
        .toList();
  }

  /** Closes records that say they run while nothing does, and ends what is left of such builds. */
  public void settle(Iterable<AppName> apps) {
    for (AppName app : apps) {
      records.of(app).stream()
          .filter(record -> record.isRunning() && !records.isAlive(record))
          .forEach(
              record -> {
                endContainers(record.id());
                records.cutOff(app, record.id());
                log.info("build of a former daemon closed app={} build={}", app, record.id());
              });
    }
  }

  /** Nothing of it runs in this daemon. */
  private void stale(Call call, AppName app, BuildRecord record) {
    if (!record.isRunning()) {
      call.out()
          .step(
              "Build "
                  + record.id()
                  + " is no longer running (status="
                  + record.status()
                  + "); leaving record untouched");
      return;
    }
    if (records.isAlive(record)) {
      call.out()
          .warn(
              "Build "
                  + record.id()
                  + " is run by another program, process "
                  + record.pid()
                  + "; it is left alone");
      return;
    }
    call.out().step("Build was already terminated, marking failed");
    endContainers(record.id());
    records.cutOff(app, record.id());
    current.unlock(app, record.id());
  }

  private void cancel(Call call, Running running) {
    call.out().step("Killing app deploy");
    log.info("build cancelled app={} build={}", running.app(), running.id());
    if (!running.operation().cancel()) {
      call.out().warn("Build " + running.id() + " has its new containers in service: it goes on");
      return;
    }
    endContainers(running.id());
    if (running.tree().equals(call.tree())) {
      return;
    }
    if (!awaitEnd(running, PATIENCE)) {
      call.out()
          .warn("Build " + running.id() + " has been told to end, and ends with its present step");
    }
  }

  private static boolean awaitEnd(Running running, Duration limit) {
    try {
      return running.await(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Those in which it builds or runs tasks. Containers made from its image have its label as well;
   * those with a type are the scheduler's.
   */
  void endContainers(String build) {
    try {
      for (Container container : engine.containers(List.of(Labels.with(Labels.BUILD, build)))) {
        if (!container.labels().containsKey(CONTAINER_TYPE)) {
          engine.remove(container.id(), true);
        }
      }
    } catch (ToolFailure e) {
      log.warn("containers of build {} not all ended", build, e);
    }
  }
}
