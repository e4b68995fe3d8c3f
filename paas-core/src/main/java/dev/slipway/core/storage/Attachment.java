package dev.slipway.core.storage;

import java.util.List;

/**
 * The use of an entry by an app. Texts are empty where nothing is set. Spec: 04 section 9.1.
 *
 * @param phases of {@code deploy} and {@code run}, at least one
 * @param processType kept for schedulers that tell types apart; the local one mounts for all
 * @param volumeOptions comma-separated, as docker takes them behind the second colon
 */
record Attachment(
    String entryName,
    String containerPath,
    List<String> phases,
    String processType,
    String subpath,
    boolean readonly,
    String volumeOptions,
    String volumeChown) {
  static final List<String> ALL_PHASES = List.of("deploy", "run");
  static final String DEFAULT_TYPE = "_default_";

  Attachment {
    phases = List.copyOf(phases);
  }

  static Attachment of(String entry, String path, boolean readonly, String options) {
    return new Attachment(entry, path, ALL_PHASES, DEFAULT_TYPE, "", readonly, options, "");
  }

  boolean isIn(String phase) {
    return phases.contains(phase);
  }

  boolean isSamePlace(Attachment other) {
    return entryName.equals(other.entryName)
        && containerPath.equals(other.containerPath)
        && processType.equals(other.processType);
  }

  /** {@code HOST:CONTAINER[:ro,OPTIONS]}. */
  String volume(Entry entry) {
    String options =
        String.join(
            ",",
            List.of(readonly ? "ro" : "", volumeOptions).stream()
                .filter(each -> !each.isEmpty())
                .toList());
    return entry.hostPath() + ":" + containerPath + (options.isEmpty() ? "" : ":" + options);
  }
}
