package dev.slipway.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file that keeps the names and plain ports of another one, and answers 503 to all. It takes over
 * only lines of a known shape, whatever else has got into the other file.
 */
final class ClosedSite {
  private static final Pattern LISTEN =
      Pattern.compile("listen (?:[0-9.]+:|\\[[0-9A-Fa-f:.]+\\]:)?[0-9]{1,5};");
  private static final Pattern NAMES = Pattern.compile("server_name [A-Za-z0-9.*_~^ -]+;");

  private ClosedSite() {}

  /** Empty where the file has no server with a plain port. */
  static String text(String file) {
    ConfigLines lines = new ConfigLines();
    List<String> kept = new ArrayList<>();
    for (String line : file.lines().map(String::strip).toList()) {
      if (line.equals("server {")) {
        server(kept, lines);
        kept.clear();
      } else if (LISTEN.matcher(line).matches() || NAMES.matcher(line).matches()) {
        kept.add(line);
      }
    }
    server(kept, lines);
    return lines.toString();
  }

  private static void server(List<String> kept, ConfigLines lines) {
    if (kept.stream().anyMatch(line -> line.startsWith("listen "))) {
      lines.open("server");
      kept.forEach(lines::add);
      lines.add("return 503;").close();
    }
  }
}
