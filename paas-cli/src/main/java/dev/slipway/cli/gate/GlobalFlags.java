package dev.slipway.cli.gate;

import dev.slipway.core.error.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags that belong to no command: recognised anywhere, removed only in front. Spec: 01 section
 * 1.5.
 *
 * @param words the command word and what follows; empty if nothing else was typed
 * @param variables what the flags set
 * @param app the value of {@code --app} in front of the command; behind it the command has to take
 *     the flag, so that {@code run APP tool --app x} stays with APP
 */
record GlobalFlags(List<String> words, Map<String, String> variables, Optional<String> app) {

  static GlobalFlags parse(List<String> typed, String inheritedFlags) {
    Map<String, String> variables = new HashMap<>();
    StringBuilder flags = new StringBuilder();
    for (int i = 0; i < typed.size(); i++) {
      String word = typed.get(i);
      if (word.startsWith("--") && word.length() > 2) {
        flags.append(flags.isEmpty() ? "" : " ").append(word);
      }
      switch (word) {
        case "--quiet" -> variables.put("DOKKU_QUIET_OUTPUT", "1");
        case "--trace" -> variables.put("DOKKU_TRACE", "1");
        case "--force" -> variables.put("DOKKU_APPS_FORCE_DELETE", "1");
        case "--app" -> i++;
        default -> {
          // belongs to the command
        }
      }
    }
    if (inheritedFlags.isEmpty() && !flags.isEmpty()) {
      variables.put("DOKKU_GLOBAL_FLAGS", flags.toString());
    }
    List<String> words = withoutLeading(typed);
    Optional<String> app = lastApp(typed.subList(0, typed.size() - words.size()));
    app.ifPresent(name -> variables.put("DOKKU_APP_NAME", name));
    return new GlobalFlags(words, Map.copyOf(variables), app);
  }

  private static Optional<String> lastApp(List<String> leading) {
    int flag = leading.lastIndexOf("--app");
    return flag < 0 ? Optional.empty() : Optional.of(leading.get(flag + 1));
  }

  /** The words without the leading run of flags; {@code --version} is a command. */
  static List<String> withoutLeading(List<String> words) {
    int i = 0;
    while (i < words.size() && words.get(i).startsWith("--") && !words.get(i).equals("--version")) {
      if (words.get(i).equals("--app")) {
        if (i + 1 == words.size()) {
          throw new UserError("--app needs the name of an app");
        }
        i++;
      }
      i++;
    }
    return List.copyOf(words.subList(i, words.size()));
  }
}
