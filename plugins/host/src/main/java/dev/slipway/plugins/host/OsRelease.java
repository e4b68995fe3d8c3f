package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which distribution the host runs. */
final class OsRelease {
  private static final Logger log = LoggerFactory.getLogger(OsRelease.class);

  private OsRelease() {}

  /** {@code ID} of the file; the empty text where it says nothing. */
  static String id(Path file) {
    try {
      return Files.readString(file, UTF_8)
          .lines()
          .filter(line -> line.startsWith("ID="))
          .map(line -> line.substring("ID=".length()).replace("\"", "").replace("'", "").strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      log.info("distribution unknown: {}", e.toString());
      return "";
    }
  }
}
