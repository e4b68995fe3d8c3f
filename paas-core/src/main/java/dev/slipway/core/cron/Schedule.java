package dev.slipway.core.cron;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When a task runs: five fields as in a crontab, or a name such as {@code @daily}. Spec: 03 section
 * 7.2.
 */
final class Schedule {
  private static final Set<String> NAMES =
      Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of the month", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("day of the week", 0, 7, DAYS));

  private Schedule() {}

  /** What is wrong with it, if anything is. */
  static Optional<String> problem(String text) {
    if (text.startsWith("@")) {
      return NAMES.contains(text)
          ? Optional.empty()
          : Optional.of("unrecognized descriptor: " + text);
    }
    String[] parts = text.strip().split("[ \t]+");
    if (parts.length != FIELDS.size()) {
      return Optional.of("expected exactly 5 fields, found " + parts.length + ": [" + text + "]");
    }
    for (int i = 0; i < parts.length; i++) {
      Optional<String> problem = FIELDS.get(i).problem(parts[i]);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private record Field(String name, int least, int most, List<String> words) {
    Optional<String> problem(String text) {
      for (String part : text.split(",", -1)) {
        if (!fits(part)) {
          return Optional.of("bad value for " + name + ": " + text);
        }
      }
      return Optional.empty();
    }

    private boolean fits(String part) {
      String[] step = part.split("/", -1);
      if (step.length > 2 || (step.length == 2 && !step[1].matches("[1-9][0-9]{0,3}"))) {
        return false;
      }
      if (step[0].equals("*") || step[0].equals("?")) {
        return true;
      }
      String[] range = step[0].split("-", -1);
      int from = number(range[0]);
      int to = range.length == 1 ? from : number(range[1]);
      return range.length <= 2 && from >= least && to <= most && from <= to;
    }

    /** -1 for what is none of the field's values. */
    private int number(String text) {
      int word = words.indexOf(text.toLowerCase(Locale.ROOT));
      if (word >= 0) {
        return word + least;
      }
      return text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
    }
  }
}
