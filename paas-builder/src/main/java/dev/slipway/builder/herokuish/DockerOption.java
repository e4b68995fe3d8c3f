package dev.slipway.builder.herokuish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One option of {@code docker container create}, as it was typed.
 *
 * @param name the long one
 * @param value empty for a switch
 * @param words one, or two if the value stands by itself
 */
record DockerOption(String name, String value, List<String> words) {
  private static final Set<String> SWITCHES =
      Set.of(
          "detach",
          "init",
          "interactive",
          "no-healthcheck",
          "oom-kill-disable",
          "privileged",
          "publish-all",
          "read-only",
          "rm",
          "tty");
  private static final Map<Character, String> SHORT =
      Map.ofEntries(
          Map.entry('a', "attach"),
          Map.entry('c', "cpu-shares"),
          Map.entry('d', "detach"),
          Map.entry('e', "env"),
          Map.entry('h', "hostname"),
          Map.entry('i', "interactive"),
          Map.entry('l', "label"),
          Map.entry('m', "memory"),
          Map.entry('p', "publish"),
          Map.entry('P', "publish-all"),
          Map.entry('t', "tty"),
          Map.entry('u', "user"),
          Map.entry('v', "volume"),
          Map.entry('w', "workdir"));

  DockerOption {
    words = List.copyOf(words);
  }

  /** Sorts words into options, by the rules of the docker client. */
  static List<DockerOption> all(List<String> words) {
    List<DockerOption> options = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at);
      int before = options.size();
      boolean takesNext =
          word.startsWith("--") ? longOption(word, options) : shortOptions(word, options);
      at++;
      if (takesNext && at < words.size()) {
        DockerOption open = options.removeLast();
        options.add(new DockerOption(open.name, words.get(at), List.of(word, words.get(at))));
        at++;
      }
      // letters that share a word keep it together at the last of them
      for (int i = before; i < options.size() - 1; i++) {
        options.set(i, new DockerOption(options.get(i).name, options.get(i).value, List.of()));
      }
    }
    return options;
  }

  private static boolean longOption(String word, List<DockerOption> options) {
    int equals = word.indexOf('=');
    String name = word.substring(2, equals < 0 ? word.length() : equals);
    options.add(
        new DockerOption(name, equals < 0 ? "" : word.substring(equals + 1), List.of(word)));
    return equals < 0 && !SWITCHES.contains(name);
  }

  private static boolean shortOptions(String word, List<DockerOption> options) {
    for (int at = 1; at < word.length(); at++) {
      String name = SHORT.getOrDefault(word.charAt(at), String.valueOf(word.charAt(at)));
      String after = word.substring(at + 1);
      boolean isSwitch = SWITCHES.contains(name);
      if (!isSwitch) {
        String value = after.startsWith("=") ? after.substring(1) : after;
        options.add(new DockerOption(name, value, List.of(word)));
        return after.isEmpty();
      }
      options.add(new DockerOption(name, "", List.of(word)));
    }
    return false;
  }
}
