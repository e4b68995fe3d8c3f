package dev.slipway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The pages that nginx shows when an app does not answer. Spec: 02 section 6.4. */
final class ErrorPages {
  private static final String WRONG = "We're sorry, but something went wrong";

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
    write(
        "400",
        "4xx",
        "The page you were looking for cannot be served",
        "The server could not make sense of the request.",
        "");
    write(
        "404",
        "404",
        "The page you were looking for doesn't exist",
        "The address may be mistyped, or the page may have moved.",
        "");
    write(
        "500", "500", WRONG, "The application could not answer. Please try again in a moment.", "");
    write(
        "502",
        "502",
        WRONG,
        "The application does not answer yet. This page tries again by itself.",
        read("error-retry.html"));
  }

  private void write(String page, String status, String title, String text, String more) {
    Path file = folder.resolve(page + "-error.html");
    String whole =
        read("error.html")
            .replace("{title}", title)
            .replace("{status}", status)
            .replace("{text}", text)
            .replace("{more}", more);
    if (!files.read(file).map(whole::equals).orElse(false)) {
      files.write(file, whole, DurableFiles.READABLE);
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
