package dev.slipway.core.builder;

import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import java.util.ArrayList;
import java.util.List;

/**
 * The reports and properties of {@code builder} and {@code builder-dockerfile}. Spec: 03 sections
 * 4.1 and 4.4.
 */
public final class BuilderReports {
  /** Where the Dockerfile is, below the root of the source. */
  public static final String DOCKERFILE_PATH = "dockerfile-path";

  /** The plugin that has the property. */
  public static final String DOCKERFILE = "builder-dockerfile";

  /** {@code builder:set}. */
  public static final PropertySet SET =
      new PropertySet(
          Builders.PLUGIN,
          PropertyFamily.COMPILED,
          List.of(
              Property.everywhere("build-dir", ""),
              Property.perApp("detected", ""),
              Property.everywhere("selected", ""),
              Property.everywhere("skip-cleanup", "false")));

  /** {@code builder-dockerfile:set}. */
  public static final PropertySet DOCKERFILE_SET =
      new PropertySet(
          DOCKERFILE,
          PropertyFamily.SHELL_APP_FIRST,
          List.of(Property.everywhere(DOCKERFILE_PATH, "Dockerfile")));

  private final PropertyStore store;

  public BuilderReports(PropertyStore store) {
    this.store = store;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(Builders.PLUGIN, REPORT, at -> reports.print(at.call(), builder(), at.app(0)))
        .on(DOCKERFILE, REPORT, at -> reports.print(at.call(), dockerfile(), at.app(0)));
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
    return Report.of(Builders.PLUGIN, true, this::builderFlags);
  }

  public Report dockerfile() {
    return Report.of(DOCKERFILE, false, this::dockerfileFlags);
  }

  private List<ReportedFlag> builderFlags(Scope scope) {
    List<ReportedFlag> flags = new ArrayList<>();
    flags.add(computed("builder-computed-skip-cleanup", scope, "skip-cleanup", "false"));
    for (String key : List.of("build-dir", "selected", "skip-cleanup")) {
      flags.add(own(Builders.PLUGIN, "builder-global-" + key, Scope.GLOBAL, key));
    }
    if (scope.app().isPresent()) {
      flags.add(computed("builder-computed-build-dir", scope, "build-dir", ""));
      flags.add(computed("builder-computed-selected", scope, "selected", ""));
      for (String key : List.of("build-dir", "detected", "selected", "skip-cleanup")) {
        flags.add(own(Builders.PLUGIN, "builder-" + key, scope, key));
      }
    }
    return flags;
  }

  private List<ReportedFlag> dockerfileFlags(Scope scope) {
    List<ReportedFlag> flags = new ArrayList<>();
    String key = DOCKERFILE_PATH;
    flags.add(
        ReportedFlag.of(
            DOCKERFILE + "-computed-" + key,
            (call, s) -> effective(DOCKERFILE, scope, key, "Dockerfile")));
    flags.add(own(DOCKERFILE, DOCKERFILE + "-global-" + key, Scope.GLOBAL, key));
    if (scope.app().isPresent()) {
      flags.add(own(DOCKERFILE, DOCKERFILE + "-" + key, scope, key));
    }
    return flags;
  }

  private ReportedFlag computed(String flag, Scope scope, String key, String fallback) {
    return ReportedFlag.of(flag, (call, s) -> effective(Builders.PLUGIN, scope, key, fallback));
  }

  private String effective(String plugin, Scope scope, String key, String fallback) {
    return scope
        .app()
        .map(app -> store.effective(plugin, app, key, fallback))
        .orElseGet(
            () -> store.get(plugin, scope, key).filter(text -> !text.isEmpty()).orElse(fallback));
  }

  private ReportedFlag own(String plugin, String flag, Scope scope, String key) {
    return ReportedFlag.of(flag, (call, s) -> store.get(plugin, scope, key).orElse(""));
  }
}
