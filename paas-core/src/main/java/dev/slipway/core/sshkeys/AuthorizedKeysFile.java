package dev.slipway.core.sshkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys file as it is now: read again whenever inode, size or times differ, and not kept while
 * it is so young that another change could carry the same time. A file that others may write lets
 * nobody in, as with sshd. Safe for use by many threads.
 */
public final class AuthorizedKeysFile {
  private static final Logger log = LoggerFactory.getLogger(AuthorizedKeysFile.class);
  private static final Duration SETTLED = Duration.ofMillis(100);
  private static final int GROUP_OR_OTHERS_WRITE = 0022;

  private final Path file;
  private volatile Snapshot snapshot = new Snapshot(Map.of(), AuthorizedKeys.parse(""));

  public AuthorizedKeysFile(Path file) {
    this.file = file;
  }

  private record Snapshot(Map<String, Object> state, AuthorizedKeys keys) {}

  /** The keys; none if there is no file or it cannot be read, which is logged. */
  public AuthorizedKeys current() {
    try {
      Map<String, Object> state =
          Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime,mode");
      Snapshot known = snapshot;
      return known.state().equals(state) ? known.keys() : read(state);
    } catch (NoSuchFileException none) {
      return AuthorizedKeys.parse("");
    } catch (IOException e) {
      log.warn("keys file unreadable file={}", file, e);
      return AuthorizedKeys.parse("");
    }
  }

  private AuthorizedKeys read(Map<String, Object> state) throws IOException {
    if (state.get("mode") instanceof Integer mode && (mode & GROUP_OR_OTHERS_WRITE) != 0) {
      log.warn("keys file ignored, others may write it file={}", file);
      return AuthorizedKeys.parse("");
    }
    AuthorizedKeys keys = AuthorizedKeys.parse(new String(Files.readAllBytes(file), UTF_8));
    if (isSettled(state.get("lastModifiedTime")) && isSettled(state.get("ctime"))) {
      snapshot = new Snapshot(state, keys);
    }
    return keys;
  }

  private static boolean isSettled(@Nullable Object time) {
    return time instanceof FileTime changed
        && changed.toInstant().isBefore(Instant.now().minus(SETTLED));
  }
}
