package dev.slipway.core.ps;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_IS_DEPLOYED;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;

/**
 * Whether an app was ever deployed: the property {@code common/APP/deployed}, found out from the
 * scheduler once where it is missing. Spec: 01 section 9.7.
 */
public final class Deployed {
  private static final String PLUGIN = "common";
  private static final String KEY = "deployed";

  private final PropertyStore properties;
  private final Triggers triggers;

  public Deployed(PropertyStore properties, Triggers triggers) {
    this.properties = properties;
    this.triggers = triggers;
  }

  public boolean is(Call call, AppName app) {
    String known = properties.get(PLUGIN, Scope.of(app), KEY).orElse("");
    if (!known.isEmpty()) {
      return known.equals("true");
    }
    boolean deployed =
        triggers.holds(call, SCHEDULER_IS_DEPLOYED, triggers.ask(call, SCHEDULER_DETECT, app), app);
    properties.set(PLUGIN, Scope.of(app), KEY, Boolean.toString(deployed));
    return deployed;
  }

  void set(AppName app) {
    properties.set(PLUGIN, Scope.of(app), KEY, "true");
  }

  void destroy(AppName app) {
    properties.destroy(PLUGIN, app);
  }
}
