package dev.slipway.plugins.host;

import java.util.HashMap;
import java.util.Map;

/**
 * What the host's bash files do to an environment, so that it can be done to the environment of any
 * call without running them again. Found by running them twice: over a plain environment, then with
 * every variable that they set preset to a mark. A variable that still has its mark is only a
 * default ({@code X=${X:-1}}), one that has it inside its value is built upon ({@code
 * PATH=$PATH:/opt/bin}), any other is set.
 */
record EnvironmentChanges(Map<String, Change> changes) {
  static final EnvironmentChanges NONE = new EnvironmentChanges(Map.of());

  EnvironmentChanges {
    changes = Map.copyOf(changes);
  }

  /** What happens to one variable. */
  sealed interface Change {
    /** The value, whatever was there. */
    record Set(String value) implements Change {}

    /** The value where there was none, or the empty text. */
    record Default(String value) implements Change {}

    /** What was there, put between two texts; {@code alone} where there was nothing. */
    record Around(String before, String after, String alone) implements Change {}
  }

  /**
   * @param plain the variables changed by the first run, with their values
   * @param marked the whole environment after the second run
   * @param marks what each of those variables was preset to for the second run
   */
  static EnvironmentChanges between(
      Map<String, String> plain, Map<String, String> marked, Map<String, String> marks) {
    Map<String, Change> changes = new HashMap<>();
    plain.forEach(
        (name, value) ->
            changes.put(
                name,
                change(value, marked.getOrDefault(name, value), marks.getOrDefault(name, ""))));
    return new EnvironmentChanges(changes);
  }

  private static Change change(String plain, String marked, String mark) {
    if (marked.equals(mark)) {
      return new Change.Default(plain);
    }
    int at = mark.isEmpty() ? -1 : marked.indexOf(mark);
    if (at < 0) {
      return new Change.Set(plain);
    }
    return new Change.Around(marked.substring(0, at), marked.substring(at + mark.length()), plain);
  }

  void applyTo(Map<String, String> environment) {
    changes.forEach((name, change) -> apply(environment, name, change));
  }

  private static void apply(Map<String, String> environment, String name, Change change) {
    String there = environment.getOrDefault(name, "");
    switch (change) {
      case Change.Set set -> environment.put(name, set.value());
      case Change.Default fallback ->
          environment.put(name, there.isEmpty() ? fallback.value() : there);
      case Change.Around around ->
          environment.put(
              name, there.isEmpty() ? around.alone() : around.before() + there + around.after());
    }
  }
}
