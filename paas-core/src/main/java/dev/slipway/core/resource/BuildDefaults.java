package dev.slipway.core.resource;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The limits of a build that has none of its own: a quarter of the machine is left to what runs
 * there.
 *
 * @param cpus as for {@code --cpus}
 * @param memory as for {@code --memory}
 */
public record BuildDefaults(String cpus, String memory) {
  private static final long MB = 1 << 20;

  /** For the machine that this runs on. */
  public static BuildDefaults ofThisMachine() {
    long bytes =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known
            ? known.getTotalMemorySize()
            : 0;
    return of(Runtime.getRuntime().availableProcessors(), bytes);
  }

  /**
   * @param bytes 0 where it is not known; there is no limit then
   */
  static BuildDefaults of(int processors, long bytes) {
    long memory = bytes / MB * 3 / 4;
    return new BuildDefaults(
        String.format(Locale.ROOT, "%.2f", processors * 0.75), memory == 0 ? "" : memory + "m");
  }
}
