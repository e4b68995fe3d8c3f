package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Image;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.store.PropertyStore;
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
    return new PropertyValues(properties, settable()).report(false);
  }
}
