package dev.slipway.core.buildpacks;

import dev.slipway.core.error.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a buildpack comes from: a git repository, with a revision behind {@code #} where wanted.
 * Spec: 03 section 6.1.
 */
public record BuildpackUrl(String value) {
  private static final Pattern SHORT = Pattern.compile("([\\w-]+)/([\\w-]+)");
  private static final Pattern WHOLE =
      Pattern.compile("(http|https|git)(://|@)[^/:\\s]+[/:][^\\s]+/[^/\\s]+");

  /**
   * @param text a URL, or {@code ORG/NAME} for one of the buildpacks on GitHub
   * @throws UserError if it is neither
   */
  public static BuildpackUrl parse(String text) {
    if (text.isEmpty()) {
      throw new UserError("Must specify a buildpack url or reference");
    }
    Matcher reference = SHORT.matcher(text);
    if (reference.matches()) {
      String org = reference.group(1).equals("heroku-community") ? "heroku" : reference.group(1);
      return new BuildpackUrl(
          "https://github.com/" + org + "/heroku-buildpack-" + reference.group(2) + ".git");
    }
    if (!WHOLE.matcher(text).matches() || text.chars().anyMatch(Character::isISOControl)) {
      throw new UserError("Invalid buildpack specified: " + text);
    }
    return new BuildpackUrl(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
