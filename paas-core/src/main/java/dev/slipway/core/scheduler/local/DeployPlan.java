package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Image;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one deploy is going to do, decided before anything is done.
 *
 * @param id of this run, on the labels of what it makes
 * @param imageName as the user knows it
 * @param sourceType {@code dockerfile}, {@code herokuish} or {@code pack}
 * @param only the one type that is deployed; all types if absent
 * @param types in the order in which they start, web first
 * @param skipped types that the Procfile no longer has; their containers go
 * @param old the containers that run now, of the types concerned
 * @param config the merged environment
 * @param webPort the container port of the app's first way in
 * @param ports the {@code ports-get} lines
 * @param typesAtATime how many types other than web start at the same time
 */
record DeployPlan(
    String id,
    int release,
    AppName app,
    String tag,
    String imageName,
    Image image,
    String sourceType,
    Optional<ProcessType> only,
    List<TypePlan> types,
    List<ProcessType> skipped,
    SortedMap<Instance, String> old,
    Map<String, String> config,
    int webPort,
    List<String> ports,
    int typesAtATime,
    Duration waitToRetire,
    Duration stopTimeout,
    boolean init,
    boolean bindAllInterfaces) {

  /**
   * One process type of a plan.
   *
   * @param command the words after the image; empty for the image's own command
   * @param disabled whether the old containers stop before the new ones start, unchecked
   */
  record TypePlan(ProcessType type, int count, List<String> command, boolean disabled) {
    TypePlan {
      command = List.copyOf(command);
    }
  }

  DeployPlan {
    types = List.copyOf(types);
    skipped = List.copyOf(skipped);
    old = new TreeMap<>(old);
    config = Map.copyOf(config);
    ports = List.copyOf(ports);
  }

  /** The port that a container of this type is told to listen on; only web has one. */
  Optional<Integer> portOf(ProcessType type) {
    return type.isWeb() ? Optional.of(webPort) : Optional.empty();
  }

  int checkPortOf(ProcessType type) {
    return portOf(type).orElse(DEFAULT_PORT);
  }

  static final int DEFAULT_PORT = 5000;
}
