package dev.slipway.core.git;

import dev.slipway.core.error.UserError;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether git takes a text as the name of a branch, by the rules of its check-ref-format. */
public final class BranchName {
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//");
  private static final Set<String> NEVER = Set.of("@", "HEAD", "");

  private BranchName() {}

  public static boolean isValid(String name) {
    return !NEVER.contains(name)
        && !name.startsWith("-")
        && !name.startsWith("/")
        && !name.endsWith("/")
        && !name.endsWith(".")
        && !FORBIDDEN.matcher(name).find()
        && java.util.Arrays.stream(name.split("/"))
            .noneMatch(part -> part.startsWith(".") || part.endsWith(".lock"));
  }

  /**
   * @return the name as it is
   * @throws UserError if git would refuse it
   */
  public static String checked(String name) {
    if (!isValid(name)) {
      throw new UserError("Invalid branch name '" + name + "'");
    }
    return name;
  }
}
