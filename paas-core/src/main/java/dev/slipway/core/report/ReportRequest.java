package dev.slipway.core.report;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words behind {@code PLUGIN:report}, sorted. Spec: 01 section 5.
 *
 * @param app the app as typed
 * @param infoFlags with their dashes
 * @param json whether JSON was asked for
 */
public record ReportRequest(
    Optional<String> app, boolean global, List<String> infoFlags, boolean json) {
  public ReportRequest {
    infoFlags = List.copyOf(infoFlags);
  }

  /**
   * @throws UserError if the format is unknown, or given together with an info flag
   */
  public static ReportRequest parse(List<String> words) {
    List<String> flags = new ArrayList<>();
    Optional<String> app = Optional.empty();
    boolean global = false;
    Optional<String> format = Optional.empty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--format")) {
        if (i + 1 == words.size()) {
          throw UserError.plain("flag needs an argument: --format", 2);
        }
        format = Optional.of(words.get(++i));
      } else if (word.equals("--global")) {
        global = true;
      } else if (word.startsWith("--")) {
        flags.add(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        throw UserError.plain("unknown shorthand flag: '" + word.charAt(1) + "' in " + word, 2);
      } else if (app.isEmpty() && !word.isEmpty()) {
        app = Optional.of(word);
      }
    }
    return new ReportRequest(global ? Optional.empty() : app, global, flags, isJson(format, flags));
  }

  private static boolean isJson(Optional<String> format, List<String> flags) {
    String wanted = format.orElse("stdout");
    if (!wanted.equals("stdout") && !wanted.equals("json")) {
      throw new UserError("Format must be \"stdout\" or \"json\": \"" + wanted + "\"");
    }
    boolean json = wanted.equals("json");
    if (json && !flags.isEmpty()) {
      throw new UserError("--format flag cannot be specified when specifying an info flag");
    }
    return json;
  }
}
