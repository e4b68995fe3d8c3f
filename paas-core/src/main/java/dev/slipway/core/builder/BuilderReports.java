package dev.slipway.core.builder;

import static dev.slipway.core.report.Property.Line.COMPUTED;
import static dev.slipway.core.report.Property.Line.GLOBAL;
import static dev.slipway.core.report.Property.Line.OWN;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import java.util.List;

/**
 * The reports and properties of {@code builder} and of the builders' own plugins. Spec: 03 sections
 * 4.1 and 4.4.
 */
public final class BuilderReports {
  /** {@code builder:set}. */
  public static final PropertySet SET =
      new PropertySet(
          Builders.PLUGIN,
          PropertyFamily.COMPILED,
          List.of(
              Property.everywhere("build-dir", "").shown(OWN, GLOBAL, COMPUTED),
              Property.perApp("detected", "").shown(OWN),
              Property.everywhere("selected", "").shown(OWN, GLOBAL, COMPUTED),
              Property.everywhere("skip-cleanup", "false")));

  private final PropertyStore store;

  public BuilderReports(PropertyStore store) {
    this.store = store;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers.on(Builders.PLUGIN, REPORT, at -> reports.print(at.call(), builder(), at.app(0)));
    for (BuilderKey key : List.of(BuilderKey.DOCKERFILE, BuilderKey.HEROKUISH)) {
      handlers.on(key.plugin(), REPORT, at -> reports.print(at.call(), of(key), at.app(0)));
    }
  }

  /** {@code builder:set}; what was detected is for reading only. */
  public void set(Call call, PropertySetter setter, List<String> words) {
    List<String> rest = words.stream().filter(word -> !word.equals("--global")).toList();
    boolean detected = rest.size() > 1 && rest.get(1).equals("detected");
    if (detected && rest.size() == words.size()) {
      call.out().warn("detected is a read-only property");
      return;
    }
    setter.run(call, SET, words);
  }

  public Report builder() {
    return new PropertyValues(store, SET).report(true);
  }

  /** {@code builder-NAME:report}. */
  public Report of(BuilderKey key) {
    return new PropertyValues(store, key.set()).report(false);
  }
}
