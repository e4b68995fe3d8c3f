package dev.slipway.core.storage;

import dev.slipway.core.error.UserError;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code HOST:CONTAINER[:OPTIONS]}, where the host part is a path or the name of a docker volume.
 *
 * @param options comma-separated, without {@code ro}
 */
record ColonForm(String host, String container, boolean readonly, String options) {
  private static final String PATHS = "Storage path must be two valid paths divided by colon.";
  private static final String VOLUME =
      "Volume name must be two characters or more. Volume name must not contain invalid"
          + " characters. "
          + PATHS;

  /**
   * @throws UserError if the text is not of this form
   */
  static ColonForm parse(String text) {
    String[] parts = text.split(":", -1);
    boolean path = text.startsWith("/");
    boolean wellFormed =
        parts.length >= 2
            && parts.length <= 3
            && Stream.of(parts).allMatch(Entry::isPlain)
            && (path || Entry.isVolumeName(parts[0]))
            && parts[1].startsWith("/");
    if (!wellFormed) {
      throw new UserError(path ? PATHS : VOLUME);
    }
    List<String> tokens =
        parts.length < 3
            ? List.of()
            : Stream.of(parts[2].split(",")).filter(token -> !token.isEmpty()).toList();
    String options =
        String.join(",", tokens.stream().filter(token -> !token.equals("ro")).toList());
    requireOptions(options);
    return new ColonForm(parts[0], parts[1], tokens.contains("ro"), options);
  }

  /** Options end up behind a colon in one word of docker's. */
  static void requireOptions(String options) {
    if (!options.matches("[A-Za-z0-9_.,=-]*")) {
      throw new UserError("Invalid volume options specified: " + options);
    }
  }

  Attachment attachment() {
    return Attachment.of(LegacyNames.of(host), container, readonly, options);
  }
}
