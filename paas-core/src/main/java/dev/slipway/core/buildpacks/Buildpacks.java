package dev.slipway.core.buildpacks;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of buildpacks of an app. Nothing is built before the next push. Spec: 03 section 6.1.
 */
public final class Buildpacks {
  static final String PLUGIN = "buildpacks";
  private static final String LIST = "buildpacks";

  private final PropertyStore properties;

  public Buildpacks(PropertyStore properties) {
    this.properties = properties;
  }

  /** The list as configured, in order. */
  public List<String> list(AppName app) {
    return properties.list(PLUGIN, Scope.of(app), LIST).stream()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /**
   * Inserts one.
   *
   * @param index the place from 1; 0, or one behind the end, appends
   */
  public void add(AppName app, int index, List<String> words) {
    String url = BuildpackUrl.parse(one(words)).value();
    change(
        app,
        list -> {
          boolean inside = index > 0 && index <= list.size();
          list.add(inside ? index - 1 : list.size(), url);
        });
  }

  /**
   * Puts one at a place, or appends it where the list is shorter.
   *
   * @param index the place from 1; 0 is the first
   */
  public void set(AppName app, int index, List<String> words) {
    if (words.size() > 1) {
      throw new UserError("Setting multiple buildpacks requires the --replace flag");
    }
    if (words.isEmpty()) {
      throw new UserError("Must specify a buildpack");
    }
    String url = BuildpackUrl.parse(words.getFirst()).value();
    int place = Math.max(1, index);
    change(
        app,
        list -> {
          if (place <= list.size()) {
            list.set(place - 1, url);
          } else {
            list.add(url);
          }
        });
  }

  /** Replaces the whole list, once all are known to be good. */
  public void replace(AppName app, boolean indexGiven, List<String> words) {
    if (indexGiven) {
      throw new UserError("The --index flag cannot be used with --replace");
    }
    if (words.isEmpty()) {
      throw new UserError(
          "Must specify at least one buildpack, use buildpacks:clear to remove all buildpacks");
    }
    List<String> urls = words.stream().map(word -> BuildpackUrl.parse(word).value()).toList();
    properties.setList(PLUGIN, Scope.of(app), LIST, urls);
  }

  /**
   * Removes one by its place or by its URL, and every entry that equals it.
   *
   * @param index the place from 1; 0 if none was given
   */
  public void remove(Call call, AppName app, int index, Optional<String> buildpack) {
    if (index != 0 && buildpack.isPresent()) {
      throw new UserError("Please choose either index or Buildpack, but not both");
    }
    if (index == 0 && buildpack.isEmpty()) {
      throw new UserError("Must specify a buildpack to remove, either by index or URL");
    }
    Optional<String> url = buildpack.map(text -> BuildpackUrl.parse(text).value());
    List<String> list = list(app);
    if (list.isEmpty()) {
      throw new UserError(
          "No buildpacks were found, next release on " + app + " will detect buildpack normally");
    }
    String gone = url.orElseGet(() -> at(list, index));
    if (!list.contains(gone)) {
      throw new UserError("Value not found");
    }
    call.out().unlessQuiet().step("Removing " + gone);
    change(app, current -> current.removeIf(gone::equals));
  }

  private static String at(List<String> list, int index) {
    if (index < 1 || index > list.size()) {
      throw new UserError("Index not found");
    }
    return list.get(index - 1);
  }

  public void clear(AppName app) {
    properties.unset(PLUGIN, Scope.of(app), LIST);
  }

  /** {@code buildpacks:list}. */
  public void show(Call call, AppName app) {
    call.out().unlessQuiet().step(app + " buildpack urls");
    list(app).forEach(call.out()::detail);
  }

  private static String one(List<String> words) {
    return words.isEmpty() ? "" : words.getFirst();
  }

  private void change(AppName app, java.util.function.Consumer<List<String>> change) {
    properties.updateList(
        PLUGIN,
        Scope.of(app),
        LIST,
        lines -> {
          List<String> list = new ArrayList<>(lines);
          change.accept(list);
          return list;
        });
  }
}
