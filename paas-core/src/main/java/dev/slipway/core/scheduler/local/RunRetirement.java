package dev.slipway.core.scheduler.local;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends one-off and cron containers that ran longer than they may. Spec: 04 section 10.3. */
final class RunRetirement {
  private static final Logger log = LoggerFactory.getLogger(RunRetirement.class);
  private static final List<String> KINDS = List.of("run", "cron");

  private final Engine engine;
  private final Ownership ownership;
  private final Retirements retirements;
  private final Clock clock;

  RunRetirement(Engine engine, Ownership ownership, Retirements retirements, Clock clock) {
    this.engine = engine;
    this.ownership = ownership;
    this.retirements = retirements;
    this.clock = clock;
  }

  /**
   * @param only restricts it to one app
   * @throws UserError if one could not be ended; the others are
   */
  void retire(Call call, Optional<AppName> only) {
    call.out()
        .unlessQuiet()
        .step(
            only.map(app -> "Retiring run and cron containers for app " + app)
                .orElse("Retiring all run and cron containers"));
    boolean all = true;
    for (Container each : expired(only)) {
      all &= retire(call, each);
    }
    if (!all) {
      throw UserError.silent(1);
    }
  }

  /** Those of all apps whose time is over. */
  private List<Container> expired(Optional<AppName> only) {
    return KINDS.stream()
        .flatMap(kind -> ownership.ours(Labels.with(LocalLabels.CONTAINER_TYPE, kind)).stream())
        .filter(each -> only.map(app -> isOf(app, each)).orElse(true))
        .filter(Container::isRunning)
        .flatMap(each -> engine.container(each.id()).stream()) // a list does not tell the start
        .filter(this::isExpired)
        .toList();
  }

  /** For the background: as {@link #retire}, without a word where there is nothing to do. */
  void retireQuietly(Call call) {
    for (Container each : expired(Optional.empty())) {
      log.info("one-off container is over its time id={}", each.shortId());
      retire(call, each);
    }
  }

  private static boolean isOf(AppName app, Container container) {
    return app.value().equals(container.labels().getOrDefault(Labels.APP, ""));
  }

  private boolean isExpired(Container container) {
    String limit = container.labels().getOrDefault(LocalLabels.DEADLINE, "");
    return Stream.of(limit)
        .filter(text -> text.matches("[0-9]{1,10}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .flatMap(allowed -> container.startedAt().map(start -> start.plus(allowed)).stream())
        .anyMatch(end -> Instant.now(clock).isAfter(end));
  }

  private boolean retire(Call call, Container container) {
    call.out().unlessQuiet().detail("Retiring container " + container.id());
    try {
      AppName app = new AppName(container.labels().getOrDefault(Labels.APP, ""));
      retirements.end(call, app, container);
      engine.remove(container.id(), true);
      return true;
    } catch (ToolFailure | IllegalArgumentException e) {
      call.out().warn("Unable to retire container " + container.id());
      log.warn("one-off container not ended id={}", container.id(), e);
      return false;
    }
  }
}
