package dev.slipway.core.git;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.Roots;
import java.nio.file.Files;

/**
 * Which app the path of a git command names: {@code APP}, {@code /APP}, quoted, with or without
 * {@code .git}. Spec: 03 section 2.2.
 */
public final class RepositoryName {
  private static final String SUFFIX = ".git";

  private final Roots roots;

  public RepositoryName(Roots roots) {
    this.roots = roots;
  }

  /**
   * The app, which may not exist yet. An app whose own name ends in {@code .git} is preferred.
   *
   * @throws UserError if this is not a name that an app can have, exit code 1
   */
  AppName parse(String argument) {
    String path = unquoted(argument);
    String name = path.startsWith("/") ? path.substring(1) : path;
    if (name.endsWith(SUFFIX) && !exists(name)) {
      name = name.substring(0, name.length() - SUFFIX.length());
    }
    return AppName.parse(name);
  }

  private boolean exists(String name) {
    try {
      return Files.isDirectory(roots.app(AppName.parse(name)));
    } catch (UserError notAName) {
      return false;
    }
  }

  private static String unquoted(String argument) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '\\' && i + 1 < argument.length() && argument.charAt(i + 1) == '\'') {
        plain.append('\'');
        i++;
      } else if (c != '\'') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
