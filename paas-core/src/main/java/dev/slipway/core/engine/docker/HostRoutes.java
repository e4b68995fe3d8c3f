package dev.slipway.core.engine.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The IPv4 ranges that the host already reaches some way, its default route aside. */
final class HostRoutes {
  private HostRoutes() {}

  static List<Subnet> read() {
    Path table = Path.of("/proc/net/route");
    try {
      return parse(Files.readAllLines(table));
    } catch (NoSuchFileException noTable) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + table, e);
    }
  }

  /** From the lines of the kernel's table, whose numbers are hexadecimal in the host's order. */
  static List<Subnet> parse(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> line.split("\t"))
        .filter(field -> field.length > 7 && !field[7].equals("00000000"))
        .map(field -> new Subnet(number(field[1]), Long.bitCount(number(field[7]))))
        .toList();
  }

  private static long number(String hexadecimal) {
    return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hexadecimal, 16)));
  }
}
