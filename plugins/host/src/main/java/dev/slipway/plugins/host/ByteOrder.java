package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/** The order of a shell glob in the C locale. */
final class ByteOrder {
  static final Comparator<String> OF_NAMES =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  static final Comparator<Path> OF_PATHS = Comparator.comparing(Path::toString, OF_NAMES);

  private ByteOrder() {}
}
