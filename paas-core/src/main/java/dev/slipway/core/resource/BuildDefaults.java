package dev.slipway.core.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of a build that has none of its own: a quarter of the machine is left to what runs
 * there.
 *
 * @param cpus as for {@code --cpus}
 * @param memory as for {@code --memory}
 */
public record BuildDefaults(String cpus, String memory) {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: +([0-9]{1,15}) kB$");
  private static final long MB = 1 << 20;

  /** For the machine that this runs on. */
  public static BuildDefaults ofThisMachine() {
    try {
      String text = Files.exists(MEMORY) ? Files.readString(MEMORY) : "";
      Matcher total = TOTAL.matcher(text);
      long kilobytes = total.find() ? Long.parseLong(total.group(1)) : 0;
      return of(Runtime.getRuntime().availableProcessors(), kilobytes * 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + MEMORY, e);
    }
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
