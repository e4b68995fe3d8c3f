package dev.slipway.core.ps;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How many instances of each process type an app has: the lists {@code scale} and {@code scale.old}
 * of the plugin {@code ps}. Spec: 04 sections 2.3 and 3.10.
 */
public final class Scales {
  private static final String PLUGIN = "ps";
  private static final String SCALE = "scale";
  private static final String OLD = "scale.old";
  private static final String CAN_SCALE = "can-scale";

  private final PropertyStore properties;
  private final Triggers triggers;
  private final Deployed deployed;
  private final DeclaredTypes declared;

  public Scales(
      PropertyStore properties, Triggers triggers, Deployed deployed, DeclaredTypes declared) {
    this.properties = properties;
    this.triggers = triggers;
    this.deployed = deployed;
    this.declared = declared;
  }

  /** The scale of a new app. */
  void initialise(AppName app) {
    properties.setList(PLUGIN, Scope.of(app), SCALE, List.of("web=1"));
  }

  /** Counts by type, sorted; types that a former Procfile had are there with 0. */
  public SortedMap<String, Integer> current(AppName app) {
    SortedMap<String, Integer> scale = new TreeMap<>(stored(app, OLD));
    scale.putAll(stored(app, SCALE));
    return scale;
  }

  private Map<String, Integer> stored(AppName app, String list) {
    return counts(properties.list(PLUGIN, Scope.of(app), list));
  }

  private static Map<String, Integer> counts(List<String> lines) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String line : lines) {
      String[] pair = line.split("=", 2);
      if (pair.length == 2 && pair[1].strip().matches("-?[0-9]{1,9}")) {
        counts.put(pair[0].strip(), Integer.valueOf(pair[1].strip()));
      }
    }
    return counts;
  }

  /** Lists what the Procfile declares and the scale does not have yet, with 0. */
  void addDeclared(Call call, AppName app) {
    store(call, app, Map.of(), false);
  }

  /** What a deploy that succeeded makes superfluous. */
  void forgetOld(AppName app) {
    properties.unset(PLUGIN, Scope.of(app), OLD);
  }

  boolean canScale(AppName app) {
    return properties.get(PLUGIN, Scope.of(app), CAN_SCALE).filter("false"::equals).isEmpty();
  }

  void allowScaling(AppName app, boolean allowed) {
    properties.set(PLUGIN, Scope.of(app), CAN_SCALE, Boolean.toString(allowed));
  }

  /**
   * Answers {@code ps:scale APP TYPE=COUNT...}: stores, then deploys each type whose count changed.
   * The counts stay when a deploy fails.
   *
   * @throws UserError if app.json rules the scale, or a tuple is wrong
   */
  public void scale(Call call, AppName app, List<String> tuples, boolean skipDeploy) {
    if (!canScale(app)) {
      throw new UserError(
          "App "
              + app
              + " contains an app.json file with a formations key and cannot be manually scaled");
    }
    call.out().step("Scaling " + app + " processes: " + String.join(" ", tuples));
    Map<String, Integer> wanted = parse(tuples);
    SortedMap<String, Integer> before = store(call, app, wanted, false);
    if (skipDeploy || !deployed.is(call, app)) {
      return;
    }
    List<String> changed = new ArrayList<>();
    wanted.forEach(
        (type, count) -> {
          if (!count.equals(before.getOrDefault(type, 0))) {
            changed.add(type);
          }
        });
    deploy(call, app, changed);
  }

  /** Answers {@code ps-set-scale}: every given type is deployed unless skipped. */
  void set(Call call, AppName app, List<String> tuples, boolean skipDeploy, boolean clear) {
    Map<String, Integer> wanted = parse(tuples);
    store(call, app, wanted, clear);
    if (!skipDeploy && deployed.is(call, app)) {
      deploy(call, app, List.copyOf(wanted.keySet()));
    }
  }

  private void deploy(Call call, AppName app, List<String> types) {
    String asked = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    String tag = asked.isEmpty() ? "latest" : asked;
    types.forEach(type -> triggers.fire(call, DEPLOY, app, tag, type));
  }

  private static Map<String, Integer> parse(List<String> tuples) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String tuple : tuples) {
      int equals = tuple.indexOf('=');
      if (equals < 0) {
        throw new UserError("Missing count for process type " + tuple);
      }
      String type = tuple.substring(0, equals);
      String count = tuple.substring(equals + 1);
      if (!count.matches("[-+]?[0-9]{1,6}")) {
        throw new UserError("Invalid count for process type " + type);
      }
      if (!ProcessType.isValid(type)) {
        throw new UserError(type + " is not a valid process name to scale up");
      }
      counts.putIfAbsent(type, Integer.valueOf(count));
    }
    return counts;
  }

  /**
   * Changes the counts, and moves those of types that are gone to the list of old ones.
   *
   * @return the counts before
   */
  private SortedMap<String, Integer> store(
      Call call, AppName app, Map<String, Integer> wanted, boolean clear) {
    Optional<Collection<String>> procfile = declared.of(call, app);
    SortedMap<String, Integer> before = new TreeMap<>(stored(app, OLD));
    Map<String, Integer> gone = new LinkedHashMap<>();
    update(
        app,
        SCALE,
        stored -> {
          before.putAll(stored);
          Map<String, Integer> all = new LinkedHashMap<>(clear ? Map.of() : stored);
          all.putAll(wanted);
          procfile.ifPresent(types -> types.forEach(type -> all.putIfAbsent(type, 0)));
          requireKnown(procfile, wanted);
          all.forEach(
              (type, count) -> {
                if (count == 0 && !isKnown(procfile, type)) {
                  gone.put(type, count);
                }
              });
          all.keySet().removeAll(gone.keySet());
          return all;
        });
    Map<String, Integer> kept = stored(app, SCALE);
    update(
        app,
        OLD,
        old -> {
          Map<String, Integer> all = new LinkedHashMap<>(old);
          all.putAll(gone);
          all.keySet().removeAll(kept.keySet());
          return all;
        });
    return before;
  }

  private static void requireKnown(
      Optional<Collection<String>> procfile, Map<String, Integer> wanted) {
    wanted.forEach(
        (type, count) -> {
          if (count != 0 && !isKnown(procfile, type)) {
            throw new UserError(type + " is not a valid process name to scale up");
          }
        });
  }

  private static boolean isKnown(Optional<Collection<String>> procfile, String type) {
    return procfile.map(types -> types.contains(type)).orElse(true);
  }

  private void update(AppName app, String list, UnaryOperator<Map<String, Integer>> change) {
    properties.updateList(
        PLUGIN,
        Scope.of(app),
        list,
        lines ->
            change.apply(counts(lines)).entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList());
  }
}
