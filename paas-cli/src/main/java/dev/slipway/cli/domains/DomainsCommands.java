package dev.slipway.cli.domains;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.AppWords;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.ShellApps;
import dev.slipway.cli.standard.Words;
import dev.slipway.core.call.Call;
import dev.slipway.core.domains.Domains;
import dev.slipway.core.domains.GlobalDomains;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.List;
import java.util.function.BiConsumer;

/** The commands of {@code domains}, and {@code url} and {@code urls}. Spec: 02 section 2. */
public final class DomainsCommands {
  private final Domains domains;
  private final GlobalDomains global;
  private final VisibleApps visible;
  private final ShellApps apps;

  public DomainsCommands(Domains domains, VisibleApps visible) {
    this.domains = domains;
    this.global = domains.global();
    this.visible = visible;
    this.apps = new ShellApps(visible);
  }

  public void addTo(Catalogue catalogue, Reports reports) {
    Family family = catalogue.family("domains", Layout.SHELL, "Manage domains used by the proxy");
    addForApps(family);
    addGlobal(family);
    family.add(
        "domains:report",
        Syntax.SHELL,
        "domains:report [<app>|--global] [<flag>], Displays a domains report for one or more apps",
        call -> new ReportCommand(reports, domains.report().report(), call));
    catalogue
        .family("", Layout.SHELL, "")
        .add(
            "url",
            Syntax.SHELL,
            "url <app>, Show the first URL for an application (compatibility)",
            call -> new AppWords((app, words) -> url(call, app)))
        .add(
            "urls",
            Syntax.SHELL,
            "urls <app>, Show all URLs for an application",
            call -> new AppWords((app, words) -> urls(call, app)));
  }

  private void addForApps(Family family) {
    family
        .add(
            "domains:add",
            Syntax.SHELL,
            "domains:add <app> <domain> [<domain> ...], Add domains to app",
            call -> new AppWords((app, names) -> add(call, app, names)))
        .add(
            "domains:clear",
            Syntax.SHELL,
            "domains:clear <app>, Clear all domains for app",
            call -> each(call, domains::clear))
        .add(
            "domains:disable",
            Syntax.SHELL,
            "domains:disable <app>, Disable VHOST support",
            call -> each(call, domains::disable))
        .add(
            "domains:enable",
            Syntax.SHELL,
            "domains:enable <app>, Enable VHOST support",
            call -> each(call, domains::enable))
        .add(
            "domains:remove",
            Syntax.SHELL,
            "domains:remove <app> <domain> [<domain> ...], Remove domains from app",
            call -> new AppWords((app, names) -> remove(call, app, names)))
        .add(
            "domains:reset",
            Syntax.SHELL,
            "domains:reset <app>, Reset app domains to global-configured domains",
            call -> each(call, domains::reset))
        .add(
            "domains:set",
            Syntax.SHELL,
            "domains:set <app> <domain> [<domain> ...], Set domains for app",
            call -> new AppWords((app, names) -> set(call, app, names)))
        .unlisted("domains:setup", Syntax.SHELL, call -> each(call, domains::setUp));
  }

  private void addGlobal(Family family) {
    family
        .add(
            "domains:add-global",
            Syntax.SHELL,
            "domains:add-global <domain> [<domain> ...], Add global domain names",
            call -> new Words(names -> global.add(call, Domains.parse(some(names)))))
        .add(
            "domains:clear-global",
            Syntax.SHELL,
            "domains:clear-global, Clear global domain names",
            call -> new Words(names -> global.clear(call)))
        .add(
            "domains:remove-global",
            Syntax.SHELL,
            "domains:remove-global <domain> [<domain> ...], Remove global domain names",
            call -> new Words(names -> global.remove(call, some(names))))
        .add(
            "domains:set-global",
            Syntax.SHELL,
            "domains:set-global <domain> [<domain> ...], Set global domain names",
            call -> new Words(names -> global.set(call, Domains.parse(some(names)))));
  }

  private void add(Call call, String app, List<String> names) {
    requireNames(app, names);
    domains.add(call, apps.existing(call, app), Domains.parse(names));
  }

  private void remove(Call call, String app, List<String> names) {
    requireNames(app, names);
    domains.remove(call, apps.existing(call, app), names);
  }

  private void set(Call call, String app, List<String> names) {
    requireNames(app, names);
    domains.set(call, apps.existing(call, app), Domains.parse(names));
  }

  private static void requireNames(String app, List<String> names) {
    if (names.isEmpty() || names.getFirst().isEmpty()) {
      throw new UserError(
          "Please specify a domain name. Usage: dokku " + app + "  <domain> [<domain> ...]");
    }
  }

  private static List<String> some(List<String> names) {
    if (names.isEmpty() || names.getFirst().isEmpty()) {
      throw new UserError("Please specify a domain name. Usage: dokku  <domain> [<domain> ...]");
    }
    return names;
  }

  /** For the app that is named, or with {@code --all} for every one. */
  private AppWords each(Call call, BiConsumer<Call, AppName> action) {
    return new AppWords(
        (app, words) -> {
          if (app.equals("--all")) {
            visible.list(call).forEach(every -> action.accept(call, every));
          } else {
            action.accept(call, apps.existing(call, app));
          }
        });
  }

  private void url(Call call, String app) {
    call.out().line(domains.urls().first(call, apps.existing(call, app)));
  }

  private void urls(Call call, String app) {
    domains.urls().all(call, apps.existing(call, app)).forEach(call.out()::line);
  }
}
