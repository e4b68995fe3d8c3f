package dev.slipway.core.ps;

import dev.slipway.core.call.Call;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.release.Former;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the scale was before a deploy changed it, by a formation or for new types of a Procfile. It
 * comes back when the deploy comes to nothing, unless somebody else has changed it since.
 */
public final class FormerScale implements Former, Recoverer {
  private static final Logger log = LoggerFactory.getLogger(FormerScale.class);
  private static final String PLUGIN = PsProperties.PLUGIN;
  private static final List<String> LISTS = List.of("scale", "scale.old");
  private static final String CAN_SCALE = "can-scale";
  private static final String BEFORE = "former-scale";
  private static final String AFTER = "scale";

  private final PropertyStore properties;
  private final Journal journal;

  public FormerScale(PropertyStore properties, Journal journal) {
    this.properties = properties;
    this.journal = journal;
  }

  /** Changes the scale; on record if the call is part of a deploy whose outcome is open. */
  void change(Call call, AppName app, Runnable act) {
    Optional<Step> step =
        journal.current(call, app).filter(now -> now.compareTo(Step.SWITCHING) < 0);
    if (step.isEmpty()) {
      act.run();
      return;
    }
    try (Journal.Entry entry = journal.open(call, app, Map.of())) {
      if (!entry.facts().containsKey(BEFORE)) {
        entry.step(step.get(), Map.of(BEFORE, text(app)));
      }
      act.run();
      entry.step(step.get(), Map.of(AFTER, text(app)));
    }
  }

  /** A line for each entry of a list, with the list's name in front. */
  private String text(AppName app) {
    List<String> lines = new ArrayList<>();
    for (String list : LISTS) {
      properties.list(PLUGIN, Scope.of(app), list).forEach(each -> lines.add(list + " " + each));
    }
    properties
        .get(PLUGIN, Scope.of(app), CAN_SCALE)
        .ifPresent(value -> lines.add(CAN_SCALE + " " + value));
    return String.join("\n", lines);
  }

  @Override
  public void putBack(AppName app, Map<String, String> facts) {
    Optional<String> before = Optional.ofNullable(facts.get(BEFORE));
    Optional<String> after = Optional.ofNullable(facts.get(AFTER));
    if (before.isEmpty()) {
      return;
    }
    if (after.filter(text -> !text.equals(text(app))).isPresent()) {
      log.info("scale changed by somebody else, left as it is app={}", app);
      return;
    }
    for (String list : LISTS) {
      properties.setList(PLUGIN, Scope.of(app), list, of(before.get(), list));
    }
    of(before.get(), CAN_SCALE).stream()
        .findFirst()
        .ifPresentOrElse(
            value -> properties.set(PLUGIN, Scope.of(app), CAN_SCALE, value),
            () -> properties.unset(PLUGIN, Scope.of(app), CAN_SCALE));
  }

  private static List<String> of(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  @Override
  public void undo(Unfinished entry) {
    putBack(entry.app(), entry.facts());
  }

  @Override
  public void finish(Unfinished entry) {
    // the scale that the deploy set is the scale
  }
}
