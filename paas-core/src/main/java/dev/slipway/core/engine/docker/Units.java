package dev.slipway.core.engine.docker;

import dev.slipway.core.engine.docker.OptionWords.Unmapped;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as the docker client writes them. What it would refuse is left to it to refuse. */
final class Units {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kKmMgGtTpP]?)[iI]?[bB]?");
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|us|ns|s)");

  private Units() {}

  /** Bytes; {@code 512m} is counted in powers of 1024. */
  static long bytes(String text) throws Unmapped {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new Unmapped(text);
    }
    int power = " kmgtp".indexOf((size.group(2) + " ").toLowerCase(Locale.ROOT).charAt(0));
    return new BigDecimal(size.group(1))
        .multiply(BigDecimal.valueOf(1L << (10 * Math.max(power, 0))))
        .longValue();
  }

  static long whole(String text) throws Unmapped {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Unmapped(text);
    }
  }

  /** A number of processors in billionths. */
  static long nanoCpus(String text) throws Unmapped {
    if (!text.matches("[0-9]*\\.?[0-9]+")) {
      throw new Unmapped(text);
    }
    BigDecimal nano = new BigDecimal(text).movePointRight(9);
    if (nano.stripTrailingZeros().scale() > 0) {
      throw new Unmapped(text);
    }
    return nano.longValue();
  }

  /** Nanoseconds of a duration such as {@code 1m30s}. */
  static long nanoseconds(String text) throws Unmapped {
    Matcher part = DURATION.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      long unit =
          switch (part.group(2)) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "us" -> 1_000L;
            default -> 1L;
          };
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw new Unmapped(text);
    }
    return sum.longValue();
  }
}
