package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Image;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;

/** The properties of the plugin {@code scheduler-docker-local}. Spec: 04 section 5.1. */
public final class LocalSettings {
  static final String PLUGIN = "scheduler-docker-local";
  private static final String INIT = "init-process";
  private static final String PARALLEL = "parallel-schedule-count";
  private static final String IMAGE_VENDOR = "org.opencontainers.image.vendor";

  private LocalSettings() {}

  static String parallelTypes(PropertyStore properties, AppName app) {
    return properties.effective(PLUGIN, app, PARALLEL, "1");
  }

  /** Some images bring an init of their own, which wants to be process 1. */
  static boolean init(PropertyStore properties, AppName app, Image image) {
    boolean ownInit = "linuxserver.io".equals(image.labels().get(IMAGE_VENDOR));
    return properties.effective(PLUGIN, app, INIT, ownInit ? "false" : "true").equals("true");
  }

  /** {@code scheduler-docker-local:set}. */
  public static PropertySet settable() {
    return new PropertySet(
        PLUGIN,
        PropertyFamily.SHELL_APP_FIRST,
        List.of(Property.everywhere(INIT, "true"), Property.everywhere(PARALLEL, "1")));
  }

  /** {@code scheduler-docker-local:report}. */
  public static Report report(PropertyStore properties) {
    return Report.of(
        PLUGIN,
        false,
        scope -> {
          List<ReportedFlag> flags = new ArrayList<>();
          for (Property each : settable().properties()) {
            flags.addAll(flags(properties, each, scope));
          }
          return flags;
        });
  }

  private static List<ReportedFlag> flags(
      PropertyStore properties, Property property, Scope scope) {
    String name = property.name();
    List<ReportedFlag> flags = new ArrayList<>();
    flags.add(
        ReportedFlag.of(
            PLUGIN + "-computed-" + name,
            (call, s) ->
                s.app()
                    .map(app -> properties.effective(PLUGIN, app, name, property.fallback()))
                    .orElseGet(() -> global(properties, name, property.fallback()))));
    flags.add(
        ReportedFlag.of(PLUGIN + "-global-" + name, (call, s) -> global(properties, name, "")));
    if (scope.app().isPresent()) {
      flags.add(
          ReportedFlag.of(
              PLUGIN + "-" + name, (call, s) -> properties.get(PLUGIN, s, name).orElse("")));
    }
    return flags;
  }

  private static String global(PropertyStore properties, String name, String fallback) {
    return properties
        .get(PLUGIN, Scope.GLOBAL, name)
        .filter(value -> !value.isEmpty())
        .orElse(fallback);
  }
}
