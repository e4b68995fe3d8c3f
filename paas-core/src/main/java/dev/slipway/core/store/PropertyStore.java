package dev.slipway.core.store;

import static dev.slipway.core.store.DurableFiles.PRIVATE;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The property store of the reference: {@code LIB/config/PLUGIN/APP/KEY}, one file a value, read
 * anew each time since plugins and administrators write it too. A scalar has no line end; a list
 * has one value a line. An existing empty file is the empty text, not the default. Spec: 01 section
 * 7.
 */
public final class PropertyStore {
  private final Roots roots;
  private final DurableFiles files;

  public PropertyStore(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  public Optional<String> get(String plugin, Scope scope, String key) {
    return files.read(file(plugin, scope, key));
  }

  /** The app's value if it is not empty, else the global one, else the default. */
  public String effective(String plugin, AppName app, String key, String fallback) {
    return get(plugin, Scope.of(app), key)
        .filter(value -> !value.isEmpty())
        .or(() -> get(plugin, Scope.GLOBAL, key).filter(value -> !value.isEmpty()))
        .orElse(fallback);
  }

  public void set(String plugin, Scope scope, String key, String value) {
    files.write(file(plugin, scope, key), value, PRIVATE);
  }

  /** Removes the value; it is fine if there is none. */
  public void unset(String plugin, Scope scope, String key) {
    files.delete(file(plugin, scope, key));
  }

  public List<String> list(String plugin, Scope scope, String key) {
    return files.lines(file(plugin, scope, key));
  }

  /** Replaces the list; an empty one removes the property. */
  public void setList(String plugin, Scope scope, String key, List<String> values) {
    if (values.isEmpty()) {
      unset(plugin, scope, key);
    } else {
      set(plugin, scope, key, String.join("\n", values) + "\n");
    }
  }

  /** Changes the list under the file's mutex; an empty result removes the property. */
  public void updateList(
      String plugin, Scope scope, String key, UnaryOperator<List<String>> change) {
    files.updateOrDelete(
        file(plugin, scope, key),
        PRIVATE,
        text -> {
          List<String> after = change.apply(text.lines().filter(line -> !line.isBlank()).toList());
          return after.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", after) + "\n");
        });
  }

  /** Changes the text under the file's mutex, empty if there is none; empty text removes it. */
  public void update(String plugin, Scope scope, String key, UnaryOperator<String> change) {
    files.updateOrDelete(
        file(plugin, scope, key),
        PRIVATE,
        text -> Optional.of(change.apply(text)).filter(after -> !after.isEmpty()));
  }

  /** All properties of a scope by key, in byte order. */
  public SortedMap<String, String> all(String plugin, Scope scope) {
    SortedMap<String, String> all = new TreeMap<>();
    Path folder = roots.config(plugin, scope);
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        files.read(entry).ifPresent(value -> all.put(String.valueOf(entry.getFileName()), value));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
    return all;
  }

  public void setAll(String plugin, Scope scope, Map<String, String> values) {
    values.forEach((key, value) -> set(plugin, scope, key, value));
  }

  /**
   * Removes the properties of a plugin for an app. The environment of an app that is named like a
   * plugin lives in the same folder as that plugin's scopes, so only plain files go, and the folder
   * only when it is empty (defect 01 section 9.2).
   */
  public void destroy(String plugin, AppName app) {
    Path folder = roots.config(plugin, Scope.of(app));
    for (String key : all(plugin, Scope.of(app)).keySet()) {
      files.delete(folder.resolve(key));
    }
    try {
      if (Files.isDirectory(folder) && isEmpty(folder)) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + folder, e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private Path file(String plugin, Scope scope, String key) {
    if (key.isEmpty() || key.startsWith(".") || key.contains("/")) {
      throw new IllegalArgumentException("not a property key: " + key);
    }
    return roots.config(plugin, scope).resolve(key);
  }
}
