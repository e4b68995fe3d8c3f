package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.POST_DOMAINS_UPDATE;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Domain;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.Undo;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The domains of apps. A change is on disk before the proxy hears of it, and taken back if the
 * proxy refuses. Spec: 02 section 2.2.
 */
public final class Domains {
  private final DomainFiles files;
  private final DefaultDomains defaults;
  private final Vhosts vhosts;
  private final Urls urls;
  private final Triggers triggers;

  public Domains(Roots roots, DurableFiles durable, Triggers triggers) {
    this.files = new DomainFiles(roots, durable);
    this.triggers = triggers;
    this.defaults = new DefaultDomains(files, triggers);
    this.vhosts = new Vhosts(files, defaults, triggers);
    this.urls = new Urls(this, triggers, HostName::ofThisHost);
  }

  public void register(Handlers handlers) {
    new DomainsHandlers(this, files, vhosts, triggers).register(handlers);
  }

  /**
   * The domains in force: none if the app's are disabled. Lines that are no domains are included.
   */
  public List<String> inForce(Call call, AppName app) {
    return vhosts.enabled(call, app) ? files.ofApp(app) : List.of();
  }

  public void add(Call call, AppName app, List<Domain> domains) {
    List<String> news = new ArrayList<>();
    warnOfSharing(call, app, domains);
    try (Undo undo = files.change(app, before -> added(before, domains, news))) {
      for (Domain domain : domains) {
        call.out()
            .step(
                news.remove(domain.value())
                    ? "Added " + domain + " to " + app
                    : "Skipping: " + domain + " already added to " + app);
      }
      vhosts.enableFor(call, app);
      fire(call, app, "add", domains);
      undo.forget();
    }
  }

  /** Moving a domain from app to app passes through a time in which both have it. */
  private void warnOfSharing(Call call, AppName app, List<Domain> domains) {
    for (Domain domain : domains) {
      if (files.isElsewhere(app, domain.value())) {
        call.out()
            .warn(
                domain
                    + " is a domain of another app too; the proxy sends its requests to one of"
                    + " them");
      }
    }
  }

  /** The lines with what they lack of the domains, which is noted in {@code news}. */
  static List<String> added(List<String> before, List<Domain> domains, List<String> news) {
    List<String> after = new ArrayList<>(before);
    for (Domain domain : domains) {
      if (!after.contains(domain.value())) {
        after.add(domain.value());
        news.add(domain.value());
      }
    }
    return after;
  }

  /** Removes exactly these names; one that is not there is no error. */
  public void remove(Call call, AppName app, List<String> names) {
    try (Undo undo = files.change(app, before -> without(before, names))) {
      names.forEach(name -> call.out().step("Removed " + name + " from " + app));
      fire(call, app, "remove", names);
      undo.forget();
    }
  }

  static List<String> without(List<String> before, List<String> names) {
    return before.stream().filter(line -> !names.contains(line)).toList();
  }

  public void set(Call call, AppName app, List<Domain> domains) {
    List<String> names = domains.stream().map(Domain::value).toList();
    warnOfSharing(call, app, domains);
    try (Undo undo = files.change(app, before -> names)) {
      call.out().step("Set " + String.join(" ", names) + " for " + app);
      vhosts.enableFor(call, app);
      fire(call, app, "set", names);
      undo.forget();
    }
  }

  public void clear(Call call, AppName app) {
    try (Undo undo = files.delete(app)) {
      triggers.fire(call, POST_DOMAINS_UPDATE, app, "clear");
      undo.forget();
    }
    call.out().step("Cleared domains in " + app);
  }

  /** Back to the defaults that the global domains give. */
  public void reset(Call call, AppName app) {
    clear(call, app);
    vhosts.setUp(call, app);
    triggers.fire(call, POST_DOMAINS_UPDATE, app, "reset");
    call.out().unlessQuiet().step("Reset domains for " + app);
  }

  /** The defaults for an app that has no domain file. */
  public void setUp(Call call, AppName app) {
    vhosts.setUp(call, app);
    triggers.fire(call, POST_DOMAINS_UPDATE, app, "reset");
    call.out().unlessQuiet().step("Setup domains for " + app);
  }

  public void enable(Call call, AppName app) {
    vhosts.enable(call, app, true);
  }

  public void disable(Call call, AppName app) {
    vhosts.disable(call, app, false);
  }

  public GlobalDomains global() {
    return new GlobalDomains(files);
  }

  public Urls urls() {
    return urls;
  }

  public DomainsReport report() {
    return new DomainsReport(files, defaults, vhosts);
  }

  private void fire(Call call, AppName app, String action, List<?> domains) {
    Object[] arguments = Stream.concat(Stream.of(app, action), domains.stream()).toArray();
    triggers.fire(call, POST_DOMAINS_UPDATE, arguments);
  }

  /** Typed names as domains; all are checked before anything is written. */
  public static List<Domain> parse(List<String> names) {
    return names.stream().map(Domain::parse).collect(Collectors.toUnmodifiableList());
  }
}
