package dev.slipway.core.storage;

import dev.slipway.core.error.UserError;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A volume known to the whole installation. Texts are empty where nothing is set. Spec: 04 section
 * 9.1.
 *
 * @param hostPath an absolute path of the host, or the name of a docker volume
 * @param chown the numeric owner of the folder, as it was asked for
 * @param mode the folder's mode, four octal digits
 * @param reclaimPolicy {@code Retain} or {@code Delete}
 */
record Entry(
    String name,
    String scheduler,
    String hostPath,
    String namespace,
    String chown,
    String mode,
    String reclaimPolicy,
    SortedMap<String, String> annotations,
    SortedMap<String, String> labels) {
  static final String LOCAL = "docker-local";
  private static final int LONGEST = 45;
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern VOLUME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final String LEGACY = "legacy-";

  Entry {
    annotations = new TreeMap<>(annotations);
    labels = new TreeMap<>(labels);
  }

  /** What the colon form of a mount stands for. */
  static Entry legacy(String hostPath) {
    return new Entry(LegacyNames.of(hostPath), LOCAL, hostPath, "", "", "", "", sorted(), sorted());
  }

  static SortedMap<String, String> sorted() {
    return new TreeMap<>(Map.of());
  }

  boolean isVolume() {
    return !hostPath.startsWith("/");
  }

  /**
   * @throws UserError if a person may not give an entry this name
   */
  static void requireName(String name) {
    if (name.isEmpty()) {
      throw new UserError("storage entry name is required");
    }
    if (name.length() > LONGEST) {
      throw new UserError(
          "storage entry name \""
              + name
              + "\" is too long (max "
              + LONGEST
              + " characters); helm release names cap our budget");
    }
    if (!DNS_LABEL.matcher(name).matches()) {
      throw new UserError(
          "storage entry name \""
              + name
              + "\" must be a DNS-1123 label (lowercase letters, digits, and dashes; cannot start or"
              + " end with a dash)");
    }
    if (name.startsWith(LEGACY)) {
      throw new UserError(
          "storage entry name \"" + name + "\" must not start with reserved prefix \"legacy-\"");
    }
  }

  static boolean isVolumeName(String text) {
    return VOLUME.matcher(text).matches();
  }

  /**
   * @throws UserError if this is neither an absolute path nor the name of a docker volume
   */
  static void requirePath(String name, String path) {
    boolean absolute = path.startsWith("/") && isPlain(path);
    if (!absolute && !isVolumeName(path)) {
      throw new UserError(
          "storage entry \""
              + name
              + "\" host_path must be an absolute path or a docker named volume token, got \""
              + path
              + "\"");
    }
  }

  /** Without what the {@code -v} of docker, or a line of a file, would read as its own. */
  static boolean isPlain(String path) {
    return path.chars().noneMatch(each -> each == ':' || each < ' ' || each == 0x7f);
  }
}
