package dev.slipway.core.proxy;

import static dev.slipway.core.triggers.CoreTriggers.POST_APP_CLONE_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_RENAME_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_CLEAR_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_DISABLE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_ENABLE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_IS_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_TYPE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;

/** Which proxy serves an app, and whether one does. Spec: 02 section 5. */
public final class Proxies {
  private static final String PLUGIN = "proxy";
  private static final String DISABLED = "disabled";
  private static final String TYPE = "type";

  private static final PropertySet PROPERTIES =
      new PropertySet(
          PLUGIN,
          PropertyFamily.COMPILED,
          List.of(
              Property.perApp(DISABLED, "false").checked(Proxies::checkedBoolean),
              Property.everywhere(TYPE, "nginx").checked(Proxies::checkedType),
              Property.everywhere("proxy-port", "").checked(Proxies::checkedPort),
              Property.everywhere("proxy-ssl-port", "").checked(Proxies::checkedPort)));

  private final PropertyStore store;
  private final PropertyValues values;
  private final Triggers triggers;

  public Proxies(PropertyStore store, Triggers triggers) {
    this.store = store;
    this.values = new PropertyValues(store, PROPERTIES);
    this.triggers = triggers;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, PROXY_IS_ENABLED, at -> at.out().line("" + !disabled(at.app(0))))
        .on(PLUGIN, PROXY_TYPE, at -> at.out().line(type(at.app(0))))
        .on(PLUGIN, POST_APP_CLONE_SETUP, this::copy)
        .on(PLUGIN, POST_APP_RENAME_SETUP, this::move)
        .on(PLUGIN, POST_DELETE, at -> store.destroy(PLUGIN, at.app(0)));
  }

  public void buildConfig(Call call, AppName app) {
    triggers.fire(call, PROXY_BUILD_CONFIG, app);
  }

  public void clearConfig(Call call, String appOrAll) {
    triggers.fire(call, PROXY_CLEAR_CONFIG, appOrAll);
  }

  public void enable(Call call, AppName app) {
    if (!disabled(app)) {
      call.out().step("Proxy is already enabled for app");
      return;
    }
    call.out().step("Enabling proxy for app");
    store.unset(PLUGIN, Scope.of(app), DISABLED);
    triggers.fire(call, PROXY_ENABLE, app);
  }

  public void disable(Call call, AppName app) {
    if (disabled(app)) {
      call.out().step("Proxy is already disable for app");
      return;
    }
    call.out().step("Disabling proxy for app");
    store.set(PLUGIN, Scope.of(app), DISABLED, "true");
    triggers.fire(call, PROXY_DISABLE, app);
  }

  private boolean disabled(AppName app) {
    return values.own(app, DISABLED).equals("true");
  }

  private String type(AppName app) {
    return values.computed(app, TYPE);
  }

  /** What {@code proxy:set} accepts. */
  public PropertySet properties() {
    return PROPERTIES;
  }

  /**
   * The words of {@code proxy:set} with the shorthand {@code proxy:set APP TYPE} written out.
   *
   * @throws UserError if the type looks like a port mapping; a warning with the way out is shown
   *     first
   */
  public List<String> writtenOut(Call call, List<String> words) {
    List<String> rest = words.stream().filter(word -> !word.equals("--global")).toList();
    int at = words.contains("--global") ? 0 : 1;
    if (rest.size() == at && at == 1) {
      return with(words, TYPE);
    }
    if (rest.size() != at + 1 || PROPERTIES.find(rest.get(at)).isPresent()) {
      return words;
    }
    String type = rest.get(at);
    if (type.contains(":")) {
      call.out().warn("Detected potential port mapping instead of proxy type");
      throw new UserError("Consider using ports:set command or specifying a valid proxy");
    }
    List<String> result = new ArrayList<>(words);
    result.add(result.lastIndexOf(type), TYPE);
    return result;
  }

  private static List<String> with(List<String> words, String last) {
    List<String> result = new ArrayList<>(words);
    result.add(last);
    return result;
  }

  private static String checkedPort(String text) {
    if (!text.matches("[0-9]{1,5}") || !PortMapping.isPort(Integer.parseInt(text))) {
      throw new UserError("Invalid port specified: " + text);
    }
    return text;
  }

  private static String checkedType(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new UserError("Invalid proxy type specified: " + text);
    }
    return text;
  }

  private static String checkedBoolean(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new UserError("Invalid value specified, must be true or false: " + text);
    }
    return text;
  }

  public Report report() {
    return values.report(true, this::enabled);
  }

  private List<ReportedFlag> enabled(Scope scope) {
    return scope
        .app()
        .map(app -> ReportedFlag.of("proxy-enabled", (call, at) -> "" + !disabled(app)))
        .stream()
        .toList();
  }

  private void copy(Invocation at) {
    store.setAll(PLUGIN, Scope.of(at.app(1)), store.all(PLUGIN, Scope.of(at.app(0))));
  }

  private void move(Invocation at) {
    copy(at);
    store.destroy(PLUGIN, at.app(0));
  }
}
