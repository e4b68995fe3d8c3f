package dev.slipway.core.sshkeys;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forced command of the reference's lines, quotes resolved: {@code FINGERPRINT=FP NAME="NAME"
 * `cat ROOT/.sshcommand` $SSH_ORIGINAL_COMMAND}; old lines have the name without quotes. The
 * system's sshd hands it to a shell, so a name that a shell would change is not taken for one.
 */
record ForcedCommand(String fingerprint, String name) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "FINGERPRINT=([A-Za-z0-9:+/=]+)"
              + " NAME=(?:\"([^\"\\\\$`\\p{Cc}]+)\"|([^\\s\"'\\\\$`;&|<>()\\p{Cc}]+))"
              + " `cat [^`$\"\\\\;&|<>()\\p{Cc}]+/\\.sshcommand`"
              + " \\$SSH_ORIGINAL_COMMAND");
  private static final Pattern NAME = Pattern.compile("[^\"\\\\$`\\p{Cc}]+");

  static Optional<ForcedCommand> parse(String command) {
    Matcher part = SHAPE.matcher(command);
    if (!part.matches()) {
      return Optional.empty();
    }
    String name = part.group(2) == null ? part.group(3) : part.group(2);
    return Optional.of(new ForcedCommand(part.group(1), name));
  }

  /** Whether a name survives the double quotes of a shell unchanged. */
  static boolean canBeNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /** The option {@code command="..."} as it stands in the file. */
  String option(String sshcommandFile) {
    return "command=\"FINGERPRINT="
        + fingerprint
        + " NAME=\\\""
        + name
        + "\\\" `cat "
        + sshcommandFile
        + "` $SSH_ORIGINAL_COMMAND\"";
  }
}
