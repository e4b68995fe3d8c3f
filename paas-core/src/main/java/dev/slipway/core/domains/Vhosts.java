package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_SET;
import static dev.slipway.core.triggers.CoreTriggers.POST_DOMAINS_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_DISABLE_VHOST;
import static dev.slipway.core.triggers.CoreTriggers.PRE_ENABLE_VHOST;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.Undo;
import dev.slipway.core.triggers.Triggers;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whether an app has domains at all: its config variable {@code NO_VHOST}, and the defaults that it
 * starts with. Spec: 02 sections 2.4 and 2.5.
 */
final class Vhosts {
  private final DomainFiles files;
  private final DefaultDomains defaults;
  private final Triggers triggers;

  Vhosts(DomainFiles files, DefaultDomains defaults, Triggers triggers) {
    this.files = files;
    this.defaults = defaults;
    this.triggers = triggers;
  }

  boolean enabled(Call call, AppName app) {
    return !triggers.ask(call, CONFIG_GET, app, "NO_VHOST").equals("1");
  }

  /** Gives an app without a domain file its default domains, or disables its domains. */
  void setUp(Call call, AppName app) {
    if (files.exists(app)) {
      return;
    }
    List<String> names = defaults.of(call, app);
    if (names.isEmpty()) {
      call.out().unlessQuiet().step("Global server virtual host not set, disabling app vhost...");
      switchOff(call, app, false);
    } else {
      call.out().unlessQuiet().step("Creating new app virtual host file...");
      files.change(app, before -> names).forget();
    }
  }

  /** {@code domains:disable}. */
  void disable(Call call, AppName app, boolean restart) {
    if (enabled(call, app)) {
      files.change(app, UnaryOperator.identity()).forget();
      switchOff(call, app, restart);
    } else {
      call.out().step("Domains (VHOST) support is already disabled for app (" + app + ")");
    }
  }

  private void switchOff(Call call, AppName app, boolean restart) {
    triggers.fire(call, PRE_DISABLE_VHOST, app);
    if (files.exists(app)) {
      call.out().step("App virtual host support disabled");
    }
    try (Undo undo = files.delete(app)) {
      set(call, app, "NO_VHOST=1", restart);
      undo.forget();
    }
    triggers.fire(call, POST_DOMAINS_UPDATE, app, "disable");
  }

  /** {@code domains:enable}: an app that was disabled starts again with its default domains. */
  void enable(Call call, AppName app, boolean restart) {
    if (enabled(call, app)) {
      files.change(app, UnaryOperator.identity()).forget();
      call.out().step("Domains (VHOST) support is already enabled for app (" + app + ")");
      return;
    }
    List<String> names = defaults.of(call, app);
    files.change(app, before -> names.isEmpty() ? before : names).forget();
    switchOn(call, app, restart);
  }

  /** Enables an app that was just given domains, which stay as they are. */
  void enableFor(Call call, AppName app) {
    if (!enabled(call, app)) {
      switchOn(call, app, false);
    }
  }

  private void switchOn(Call call, AppName app, boolean restart) {
    triggers.fire(call, PRE_ENABLE_VHOST, app);
    set(call, app, "NO_VHOST=0", restart);
    if (!restart) {
      triggers.fire(call, POST_DOMAINS_UPDATE, app, "enable");
    }
  }

  private void set(Call call, AppName app, String assignment, boolean restart) {
    // asked, not fired: what config says about it is not shown
    if (restart) {
      triggers.ask(call, CONFIG_SET, app, assignment);
    } else {
      triggers.ask(call, CONFIG_SET, "--no-restart", app, assignment);
    }
  }
}
