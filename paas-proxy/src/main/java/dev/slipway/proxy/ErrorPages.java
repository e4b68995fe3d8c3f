package dev.slipway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The pages that nginx shows when an app does not answer. Spec: 02 section 6.4. */
final class ErrorPages {
  private static final List<String> PAGES = List.of("400", "404", "500", "502");

  private final Path folder;
  private final DurableFiles files;

  ErrorPages(Path folder, DurableFiles files) {
    this.folder = folder;
    this.files = files;
  }

  Path folder() {
    return folder;
  }

  /** Writes those that are missing or differ. */
  void write() {
    for (String page : PAGES) {
      String name = page + "-error.html";
      String text = read(name);
      if (!files.read(folder.resolve(name)).map(text::equals).orElse(false)) {
        files.write(folder.resolve(name), text, DurableFiles.READABLE);
      }
    }
  }

  private static String read(String name) {
    try (InputStream in = ErrorPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no page " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
