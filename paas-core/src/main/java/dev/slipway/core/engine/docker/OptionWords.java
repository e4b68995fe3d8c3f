package dev.slipway.core.engine.docker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words of a command line sorted into options, by the rules of the docker client. */
final class OptionWords {
  /** An option by its long name; a switch has the value {@code true} or {@code false}. */
  record Option(String name, String value) {}

  /** The words hold something that the mapping does not know. */
  static final class Unmapped extends Exception {
    private static final long serialVersionUID = 1L;

    Unmapped(String what) {
      super(what);
    }
  }

  private static final Set<String> SWITCHES =
      Set.of(
          "init",
          "interactive",
          "no-healthcheck",
          "oom-kill-disable",
          "privileged",
          "publish-all",
          "read-only",
          "rm",
          "tty");

  private static final Map<String, String> OTHER_NAMES =
      Map.of("net", "network", "net-alias", "network-alias", "dns-opt", "dns-option");

  private static final Map<Character, String> SHORT =
      new HashMap<>(
          Map.of(
              'e',
              "env",
              'l',
              "label",
              'v',
              "volume",
              'p',
              "publish",
              'P',
              "publish-all",
              'u',
              "user",
              'w',
              "workdir",
              'h',
              "hostname",
              'm',
              "memory",
              'c',
              "cpu-shares"));

  static {
    SHORT.put('t', "tty");
    SHORT.put('i', "interactive");
  }

  private OptionWords() {}

  static List<Option> parse(List<String> words) throws Unmapped {
    List<Option> options = new ArrayList<>();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (word.startsWith("--") && word.length() > 2) {
        options.add(longOption(word.substring(2), rest));
      } else if (word.startsWith("-") && word.length() > 1) {
        shortOptions(word, rest, options);
      } else {
        throw new Unmapped(word);
      }
    }
    return options;
  }

  private static Option longOption(String word, Iterator<String> rest) throws Unmapped {
    int equals = word.indexOf('=');
    String typed = equals < 0 ? word : word.substring(0, equals);
    String name = OTHER_NAMES.getOrDefault(typed, typed);
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
    if (SWITCHES.contains(name)) {
      return new Option(name, truth(value.orElse("true")));
    }
    if (!OptionMapping.knows(name)) {
      throw new Unmapped("--" + name);
    }
    return new Option(name, value.isPresent() ? value.get() : next(name, rest));
  }

  private static void shortOptions(String word, Iterator<String> rest, List<Option> options)
      throws Unmapped {
    for (int at = 1; at < word.length(); at++) {
      String name = SHORT.get(word.charAt(at));
      if (name == null) {
        throw new Unmapped(word);
      }
      String after = word.substring(at + 1);
      if (SWITCHES.contains(name)) {
        if (after.startsWith("=")) {
          options.add(new Option(name, truth(after.substring(1))));
          return;
        }
        options.add(new Option(name, "true"));
        continue;
      }
      String value =
          after.isEmpty() ? next(name, rest) : after.startsWith("=") ? after.substring(1) : after;
      options.add(new Option(name, value));
      return;
    }
  }

  private static String next(String name, Iterator<String> rest) throws Unmapped {
    if (!rest.hasNext()) {
      throw new Unmapped("--" + name + " without a value");
    }
    return rest.next();
  }

  private static String truth(String text) throws Unmapped {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> "true";
      case "0", "f", "F", "false", "FALSE", "False" -> "false";
      default -> throw new Unmapped(text);
    };
  }
}
