package dev.slipway.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JVM's cache of loaded classes, which {@code slipway-jvm} names where there is one. */
enum ClassCache {
  NONE("none"),
  USED("used"),
  /** Named, but made for other jars or another JVM; the start is slower, nothing else. */
  REFUSED("refused");

  private static final String FLAG = "-XX:AOTCache=";

  private final String word;

  ClassCache(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** What this JVM did. It maps the file if it uses it, and says so in no other place. */
  static ClassCache state() {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return state(ManagementFactory.getRuntimeMXBean().getInputArguments(), maps);
    } catch (IOException e) {
      return NONE; // no /proc: nobody can tell
    }
  }

  static ClassCache state(List<String> flags, Stream<String> maps) {
    return flags.stream()
        .filter(flag -> flag.startsWith(FLAG))
        .findFirst()
        .map(flag -> flag.substring(FLAG.length()))
        .map(file -> maps.anyMatch(line -> line.endsWith(" " + file)) ? USED : REFUSED)
        .orElse(NONE);
  }
}
