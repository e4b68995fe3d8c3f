package dev.slipway.plugins.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What tells whether a file or folder was changed: inode, size, times, owner and mode of what the
 * path leads to. Two stamps of an unchanged file are equal.
 *
 * @param facts empty if there is no such file
 */
record FileStamp(Path file, Map<String, Object> facts) {
  private static final String CHANGED = "ctime";

  static FileStamp of(Path file) {
    try {
      return new FileStamp(
          file,
          Map.copyOf(
              Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime,mode,uid,gid")));
    } catch (IOException absent) {
      // not there, or not to be seen: the same to whoever asks
      return new FileStamp(file, Map.of());
    }
  }

  /** When the file, its mode or its owner was last changed; the beginning of time if absent. */
  Instant changed() {
    return facts.get(CHANGED) instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
  }
}
