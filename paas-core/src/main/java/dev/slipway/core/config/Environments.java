package dev.slipway.core.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The files {@code LIB/config/APP/ENV} and {@code LIB/config/--global/ENV}, read anew each time.
 * Spec: 01 section 10.1.
 */
final class Environments {
  private final Roots roots;
  private final DurableFiles files;

  Environments(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /**
   * The environment of a scope. Keys that break the rule are dropped from the file and named in the
   * output, as in the reference.
   *
   * @throws UserError if the file is not an environment
   */
  NavigableMap<String, String> load(Call call, Scope scope) {
    NavigableMap<String, String> values =
        files.read(file(scope)).map(EnvText::read).orElseGet(TreeMap::new);
    List<String> invalid = values.keySet().stream().filter(key -> !EnvKey.isValid(key)).toList();
    if (!invalid.isEmpty()) {
      String name = scope.app().map(AppName::value).orElse("<global>");
      invalid.forEach(
          key -> call.out().step("Deleting invalid key " + key + " from config for " + name));
      return change(scope, all -> invalid.forEach(all::remove));
    }
    return values;
  }

  /** Global and app environment together; the app wins. */
  NavigableMap<String, String> merged(Call call, Scope scope) {
    NavigableMap<String, String> all = load(call, Scope.GLOBAL);
    if (scope.app().isPresent()) {
      all.putAll(load(call, scope));
    }
    return all;
  }

  /** Changes a scope's environment under its file's mutex. @return what it is now */
  NavigableMap<String, String> change(Scope scope, Consumer<NavigableMap<String, String>> change) {
    NavigableMap<String, String> result = new TreeMap<>();
    files.update(
        file(scope),
        DurableFiles.PRIVATE,
        text -> {
          NavigableMap<String, String> values = EnvText.read(text);
          change.accept(values);
          result.putAll(values);
          return EnvText.write(values);
        });
    return result;
  }

  void remove(AppName app) {
    files.delete(file(Scope.of(app)));
  }

  private Path file(Scope scope) {
    return roots.libRoot().resolve("config").resolve(scope.directory()).resolve("ENV");
  }
}
