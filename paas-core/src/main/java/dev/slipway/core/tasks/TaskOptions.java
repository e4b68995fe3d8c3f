package dev.slipway.core.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Leaves out of an app's container options what is for its processes alone: limits, published ports
 * and the restart policy. Spec: 03 section 9.
 */
final class TaskOptions {
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--cpus",
          "--gpus",
          "--memory",
          "--memory-reservation",
          "--memory-swap",
          "--publish",
          "--restart",
          "-p");
  private static final Set<String> ALONE = Set.of("--publish-all", "-P");

  private TaskOptions() {}

  static List<String> without(List<String> words) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (WITH_VALUE.contains(name)) {
        i += equals < 0 ? 1 : 0;
      } else if (!ALONE.contains(name) && !isGluedPort(word)) {
        kept.add(word);
      }
    }
    return kept;
  }

  /** {@code -p80:80}. */
  private static boolean isGluedPort(String word) {
    return word.length() > 2 && word.startsWith("-p") && !word.startsWith("--");
  }
}
