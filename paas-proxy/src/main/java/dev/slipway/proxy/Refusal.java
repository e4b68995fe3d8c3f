package dev.slipway.proxy;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * nginx does not accept a configuration.
 *
 * @param words its own words
 */
record Refusal(String words) {
  private static final Pattern EMERGENCY = Pattern.compile("(?m)^.*\\[emerg\\] (.*)$");
  private static final Pattern PLACE = Pattern.compile(" in (/.+):([0-9]+)$");
  private static final int MAX_WORDS = 1000;

  /** The line that says why, without the program's name; the whole text where there is none. */
  String reason() {
    Matcher line = EMERGENCY.matcher(words);
    String reason = line.find() ? String.valueOf(line.group(1)) : words.strip();
    return reason.length() > MAX_WORDS ? reason.substring(0, MAX_WORDS) + "..." : reason;
  }

  /** The file that nginx blames: where the line stands, else a path that the reason names. */
  Optional<Path> file(Path root) {
    String reason = reason();
    Matcher place = PLACE.matcher(reason);
    if (place.find()) {
      return Optional.of(Path.of(String.valueOf(place.group(1))));
    }
    Matcher named = Pattern.compile(Pattern.quote(root + "/") + "[^\"' :;]+").matcher(reason);
    return named.find() ? Optional.of(Path.of(named.group())) : Optional.empty();
  }

  /** The app whose folder holds that file. */
  Optional<AppName> app(Path root) {
    return file(root)
        .filter(file -> file.startsWith(root) && file.getNameCount() > root.getNameCount() + 1)
        .map(file -> file.getName(root.getNameCount()).toString())
        .flatMap(Refusal::appName);
  }

  private static Optional<AppName> appName(String name) {
    try {
      return Optional.of(new AppName(name));
    } catch (IllegalArgumentException notAnApp) {
      return Optional.empty();
    }
  }

  ToolFailure failure(String what) {
    return new ToolFailure(what + ": " + reason());
  }
}
