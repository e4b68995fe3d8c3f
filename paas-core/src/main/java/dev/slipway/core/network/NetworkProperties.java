package dev.slipway.core.network;

import static dev.slipway.core.report.Property.Line.OWN;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import java.util.List;
import java.util.function.BiFunction;

/** The network properties of apps, as containers and the report need them. Spec: 02 section 8.2. */
final class NetworkProperties {
  static final String PLUGIN = "network";
  static final String STATIC_LISTENER = "static-web-listener";
  static final String INITIAL_NETWORK = "initial-network";
  private static final String BIND_ALL = "bind-all-interfaces";

  private static final PropertySet SET =
      new PropertySet(
          PLUGIN,
          PropertyFamily.COMPILED,
          List.of(
              Property.everywhere("attach-post-create", ""),
              Property.everywhere("attach-post-deploy", ""),
              Property.everywhere(BIND_ALL, "false"),
              Property.everywhere(INITIAL_NETWORK, ""),
              Property.perApp(STATIC_LISTENER, "").shown(OWN),
              Property.everywhere("tld", "")));

  private final PropertyValues values;

  NetworkProperties(PropertyStore store) {
    this.values = new PropertyValues(store, SET);
  }

  /**
   * @throws UserError if there is no such shared property
   */
  String computed(AppName app, String key) {
    if (SET.find(key).filter(Property::global).isEmpty()) {
      throw new UserError("Invalid network property specified: " + key);
    }
    return values.computed(app, key);
  }

  String staticListener(AppName app) {
    return values.own(app, STATIC_LISTENER).strip();
  }

  Report report(BiFunction<Call, AppName, String> webListeners) {
    return values.report(true, scope -> more(scope, webListeners));
  }

  private static List<ReportedFlag> more(
      Scope scope, BiFunction<Call, AppName, String> webListeners) {
    return scope
        .app()
        .map(
            app ->
                ReportedFlag.of(
                    "network-web-listeners", (call, at) -> webListeners.apply(call, app)))
        .stream()
        .toList();
  }
}
