package dev.slipway.core.release;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that shaped one deploy of an app.
 *
 * @param number counts from 1 for each app
 * @param image the name that was deployed
 * @param imageId what the name meant then, {@code sha256:...}
 * @param build the id of the build, empty for a deploy without one
 * @param source what asked for it: {@code config-redeploy}, {@code deploy}, ...
 * @param time of its start
 * @param state how it ended
 * @param config the merged environment; secret, hence only in files that others cannot read
 * @param scale count by process type
 */
public record ReleaseRecord(
    int number,
    String image,
    String imageId,
    String build,
    String source,
    Instant time,
    State state,
    SortedMap<String, String> config,
    List<String> ports,
    List<String> domains,
    SortedMap<String, Integer> scale) {

  /** How a deploy ended. */
  public enum State {
    UNDER_WAY,
    LIVE,
    FAILED
  }

  public ReleaseRecord {
    config = copy(config);
    ports = List.copyOf(ports);
    domains = List.copyOf(domains);
    scale = copy(scale);
  }

  private static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  public ReleaseRecord ended(State how) {
    return new ReleaseRecord(
        number, image, imageId, build, source, time, how, config, ports, domains, scale);
  }

  /** Without the values of the configuration. */
  @Override
  public String toString() {
    return "release " + number + " of " + imageId + " " + state;
  }
}
