package dev.slipway.core.model;

import dev.slipway.core.error.UserError;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an app. Names of old servers may contain underscores; new ones may not. Spec: 01
 * section 4.
 */
public record AppName(String value) implements Comparable<AppName> {
  private static final Pattern NEW = Pattern.compile("[a-z0-9][a-z0-9.-]*");
  private static final Pattern OLD = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  /** Above this the names of containers, images and files made from it stop working. */
  public static final int MAX_LENGTH = 128;

  /** The most that a domain made from the name can carry between two dots. */
  private static final int MAX_LABEL = 63;

  /** Folders below the root that are not apps. */
  private static final Set<String> RESERVED = Set.of("tls");

  private static final String RULE =
      "App name must begin with lowercase alphanumeric character, and may only contain lowercase"
          + " alphanumerics, dots, and hyphens";

  public AppName {
    if (!OLD.matcher(value).matches() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("not an app name");
    }
  }

  /**
   * A name that an app on disk may have, whether or not there is one.
   *
   * @throws UserError if it is empty or malformed (exit code 1)
   */
  public static AppName parse(String text) {
    return checked(text, OLD);
  }

  /**
   * A name for an app that is yet to be made.
   *
   * @throws UserError if it is empty, malformed, too long, reserved or ends in a dot
   */
  public static AppName parseNew(String text) {
    AppName name = checked(text, NEW);
    if (text.endsWith(".") || text.contains("..")) {
      throw new UserError("App name must not end with a dot or contain two dots in a row");
    }
    if (Arrays.stream(text.split("\\.")).anyMatch(part -> part.length() > MAX_LABEL)) {
      throw new UserError(
          "App name must not have more than " + MAX_LABEL + " characters between two dots");
    }
    if (RESERVED.contains(text)) {
      throw new UserError("App name " + text + " is reserved");
    }
    return name;
  }

  private static AppName checked(String text, Pattern shape) {
    if (text.isEmpty()) {
      throw new UserError("Please specify an app to run the command on");
    }
    if (!shape.matcher(text).matches()) {
      throw new UserError(RULE);
    }
    if (text.length() > MAX_LENGTH) {
      throw new UserError("App name must not be longer than " + MAX_LENGTH + " characters");
    }
    return new AppName(text);
  }

  @Override
  public int compareTo(AppName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
