package dev.slipway.builder.archive;

/**
 * One entry of an archive, of whatever format.
 *
 * @param name as it stands there
 * @param target of a link, else empty
 * @param executable whether its owner may execute it; nothing else of its mode counts
 */
record Entry(String name, Kind kind, String target, boolean executable, long size) {
  enum Kind {
    FOLDER,
    FILE,
    SYMBOLIC_LINK,
    HARD_LINK,
    OTHER
  }
}
