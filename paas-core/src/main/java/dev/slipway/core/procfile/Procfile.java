package dev.slipway.core.procfile;

import dev.slipway.core.error.UserError;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of an app's process types, by type. Spec: 03 section 8.2.
 *
 * @param commands in byte order of the type
 */
public record Procfile(SortedMap<String, String> commands) {
  private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]+)\\s*:\\s*(.*)");
  private static final List<Pattern> COMMENTS =
      List.of(Pattern.compile("(.*)\\s#.+"), Pattern.compile("(.*)\\s//.+"));
  private static final int LONGEST_NAME = 63;

  public Procfile {
    commands = Collections.unmodifiableSortedMap(new TreeMap<>(commands));
  }

  /**
   * @throws UserError if any line is wrong, or none is an entry; the message counts lines from 1,
   *     blank lines and comments included
   */
  public static Procfile parse(String text) {
    SortedMap<String, String> commands = new TreeMap<>();
    int number = 0;
    for (String raw : text.split("\\R", -1)) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("//")) {
        add(commands, line, number);
      }
    }
    if (commands.isEmpty()) {
      throw new UserError("no entries found in Procfile");
    }
    return new Procfile(commands);
  }

  public Optional<String> command(String type) {
    return Optional.ofNullable(commands.get(type));
  }

  private static void add(SortedMap<String, String> commands, String line, int number) {
    Matcher entry = ENTRY.matcher(line);
    if (!entry.matches()) {
      throw refused("invalid line in procfile", number);
    }
    String name = entry.group(1);
    if (name.length() > LONGEST_NAME) {
      throw refused("process name over 63 characters", number);
    }
    if (commands.containsKey(name)) {
      throw refused("process names must be unique", number);
    }
    commands.put(name, command(entry.group(2), number));
  }

  private static String command(String text, int number) {
    if (text.startsWith("#") || text.startsWith("//")) {
      throw refused("comment specified in place of command", number);
    }
    String command = withoutComment(text).strip();
    if (command.isEmpty()) {
      throw refused("no command specified", number);
    }
    return command;
  }

  /**
   * Cuts at the last blank that a {@code #} and more follow; only if there is none, at {@code //}.
   */
  private static String withoutComment(String text) {
    for (Pattern comment : COMMENTS) {
      Matcher last = comment.matcher(text);
      if (last.matches()) {
        return last.group(1);
      }
    }
    return text;
  }

  private static UserError refused(String what, int number) {
    return new UserError(what + ", line " + number);
  }
}
