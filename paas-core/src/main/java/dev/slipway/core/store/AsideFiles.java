package dev.slipway.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that {@link DurableFiles} and others write before these take their place. Their names
 * hold the writer's process id, so that what a killed process left can be told from what another is
 * writing now.
 */
public final class AsideFiles {
  private static final Logger log = LoggerFactory.getLogger(AsideFiles.class);
  private static final Pattern SHAPE = Pattern.compile("\\..+\\.([0-9]{1,10})-[0-9a-f]{16}");

  private AsideFiles() {}

  /** A fresh name beside the file. */
  public static Path beside(Path file) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return file.resolveSibling(
        "." + file.getFileName() + "." + ProcessHandle.current().pid() + "-" + random);
  }

  /**
   * Removes what processes that are gone left in a folder.
   *
   * @param depth how many levels below the folder are looked at; 1 for its own files. Links are not
   *     followed.
   */
  public static void sweep(Path folder, int depth) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder, depth)) {
      List<Path> left = all.filter(AsideFiles::isLeftOver).toList();
      for (Path each : left) {
        log.info("removing what a killed process was writing: {}", each);
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
      log.info("a folder went while it was swept: {}", e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("sweeping " + folder, e);
    }
  }

  private static boolean isLeftOver(Path file) {
    Matcher name = SHAPE.matcher(String.valueOf(file.getFileName()));
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }
}
