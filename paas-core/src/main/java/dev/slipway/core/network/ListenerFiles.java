package dev.slipway.core.network;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files {@code IP.TYPE.N}, {@code PORT.TYPE.N} and {@code CONTAINER.TYPE.N} of an app. Spec: 02
 * section 8.5.
 */
final class ListenerFiles {
  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern INDEX = Pattern.compile("[1-9][0-9]{0,5}");
  private static final Pattern CONTAINER =
      Pattern.compile("CONTAINER\\.([A-Za-z0-9_-]{1,63})\\.([1-9][0-9]{0,5})");
  private static final String DEFAULT_PORT = "5000";

  private final Roots roots;
  private final DurableFiles files;

  ListenerFiles(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /** A container that the files name. */
  record Named(String type, String index, String container) {}

  /** {@code IP:PORT} of each instance, in lexical order of the file names. */
  List<String> listeners(AppName app, String type) {
    List<String> result = new ArrayList<>();
    String head = "IP." + type + ".";
    for (String name : names(app)) {
      if (name.startsWith(head) && INDEX.matcher(name.substring(head.length())).matches()) {
        String port = read(app, "PORT" + name.substring(2), PORT).orElse(DEFAULT_PORT);
        read(app, name, ADDRESS).ifPresent(address -> result.add(address + ":" + port));
      }
    }
    return result;
  }

  List<Named> containers(AppName app) {
    List<Named> result = new ArrayList<>();
    for (String name : names(app)) {
      Matcher part = CONTAINER.matcher(name);
      if (part.matches()) {
        files
            .read(roots.app(app).resolve(name))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .ifPresent(id -> result.add(new Named(part.group(1), part.group(2), id)));
      }
    }
    return result;
  }

  boolean firstWebExists(AppName app) {
    return Files.exists(roots.app(app).resolve("IP.web.1"))
        && Files.exists(roots.app(app).resolve("PORT.web.1"));
  }

  Optional<String> address(AppName app, String type, String index) {
    return read(app, "IP." + type + "." + index, ADDRESS);
  }

  /**
   * @throws UserError if the instance or the address is malformed
   */
  void writeAddress(AppName app, String type, String index, String address) {
    write(app, "IP", type, index, address, ADDRESS);
  }

  void writePort(AppName app, String type, String index, String port) {
    write(app, "PORT", type, index, port, PORT);
  }

  /** Removes all addresses and ports of an app. */
  void clear(AppName app) {
    for (String name : names(app)) {
      if (name.startsWith("IP.") || name.startsWith("PORT.")) {
        files.delete(roots.app(app).resolve(name));
      }
    }
  }

  private void write(
      AppName app, String kind, String type, String index, String value, Pattern shape) {
    if (!ProcessType.isValid(type)
        || !INDEX.matcher(index).matches()
        || !shape.matcher(value).matches()) {
      throw new UserError("Invalid listener " + kind + "." + type + "." + index + ": " + value);
    }
    Path file = roots.app(app).resolve(kind + "." + type + "." + index);
    files.write(file, value, DurableFiles.READABLE);
  }

  private Optional<String> read(AppName app, String name, Pattern shape) {
    return files
        .read(roots.app(app).resolve(name))
        .map(String::strip)
        .filter(text -> shape.matcher(text).matches());
  }

  private List<String> names(AppName app) {
    Path folder = roots.app(app);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }
}
