package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.NGINX_APP_TEMPLATE_SOURCE;
import static dev.slipway.core.triggers.CoreTriggers.NGINX_PRE_RELOAD;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_CONFIGURE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_IS_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_TYPE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_IS_DEPLOYED;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.process.Programs;
import dev.slipway.core.proxy.Proxy;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link Proxy} by nginx: one file per app, tested alone, put in place whole, tested with all
 * others, loaded provably, and taken back if refused. Spec: 02 section 6.3.
 */
public final class NginxProxy implements Proxy {
  private static final Duration RELOAD_LIMIT = Duration.ofSeconds(30);

  private final DurableFiles files;
  private final PropertyStore store;
  private final Triggers triggers;
  private final NginxProperties properties;
  private final HttpConfig httpConfig;
  private final ErrorPages errorPages;
  private final NginxHost host;
  private final Nginx nginx;
  private final SiteTests tests;
  private final SiteFiles sites;
  private final SiteFacts facts;
  private final CertificateCheck certificates;
  private final Hsts hsts;
  private final LastGood lastGood;
  private final ProxyQueue queue;

  public NginxProxy(
      Roots roots,
      DurableFiles files,
      PropertyStore store,
      Triggers triggers,
      NginxHost host,
      Programs programs) {
    this.files = files;
    this.store = store;
    this.triggers = triggers;
    this.host = host;
    this.properties = new NginxProperties(store, host);
    Generation generation = new Generation(HttpConfig.folder(roots), host.statusPort(), files);
    this.httpConfig = new HttpConfig(roots, host, generation, files);
    this.errorPages = new ErrorPages(roots.data("nginx-vhosts").resolve("dokku-errors"), files);
    this.nginx = new Nginx(host, programs, generation, RELOAD_LIMIT);
    this.tests = new SiteTests(roots, files, httpConfig, nginx);
    this.sites = new SiteFiles(roots, files);
    this.facts =
        new SiteFacts(roots, files, triggers, properties, errorPages.folder(), nginx::version);
    this.certificates = new CertificateCheck(triggers);
    this.hsts = new Hsts(roots);
    this.lastGood = new LastGood(roots, files);
    this.queue = new ProxyQueue(nginx, lastGood, sites, roots.dokkuRoot(), this::closed);
  }

  /**
   * Writes what the host's main configuration includes: {@code LIB/data/slipway/nginx/http.conf},
   * the error pages, the folder of the logs. To be called before nginx or a command runs.
   */
  public void prepare() {
    httpConfig.write();
    tests.prepare();
    errorPages.write();
    if (host.isPrivate()) {
      files.createDirectories(host.logRoot());
    }
  }

  public void register(Handlers handlers) {
    new NginxHandlers(this, nginx, properties, store, triggers).register(handlers);
  }

  public NginxProperties properties() {
    return properties;
  }

  public NginxInspection inspection() {
    return new NginxInspection(triggers, sites, nginx, tests::test);
  }

  @Override
  public void build(Call call, AppName app) {
    long ticket = sites.ticket();
    if (!isEnabled(call, app)) {
      remove(call, app);
      return;
    }
    List<String> listeners = facts.listeners(call, app);
    triggers.fire(call, PORTS_CONFIGURE, app);
    boolean secure = facts.secure(call, app);
    List<PortMapping> mappings = facts.mappings(call, app, secure);
    if (listeners.isEmpty()) {
      call.out().unlessQuiet().warn("No web listeners specified for " + app);
    }
    boolean live = !listeners.isEmpty() && isDeployed(call, app);
    if (live || (listeners.isEmpty() && !mappings.isEmpty())) {
      put(call, facts.site(call, app, mappings, live ? listeners : List.of(), secure), ticket);
    }
  }

  private void put(Call call, Site site, long ticket) {
    AppName app = site.app();
    certificates.tell(call, site);
    if (!triggers.ask(call, NGINX_APP_TEMPLATE_SOURCE, app, "app-config").isEmpty()) {
      call.out().warn("Templates of plugins are not served yet, using the built-in one");
    }
    site.names().stream()
        .sorted()
        .distinct()
        .forEach(name -> call.out().step("Configuring " + name + "...(using built-in template)"));
    tests.testAlone(site, ticket);
    call.out().step("Creating " + (site.secure() ? "https" : "http") + " nginx.conf");
    sites.makeParts(app);
    sites.put(app, ticket, texts(call, site));
    try {
      // plugins edit the file here, so it is tested as they leave it
      triggers.fire(call, NGINX_PRE_RELOAD, app, "", "");
      call.out().detail("Reloading nginx");
    } catch (RuntimeException e) {
      sites.takeBack(app, ticket);
      throw e;
    }
    load(call, app, ticket);
  }

  private Map<Path, Optional<String>> texts(Call call, Site site) {
    Map<Path, Optional<String>> texts = new HashMap<>();
    texts.put(sites.file(site.app()), Optional.of(NginxSite.render(site)));
    if (site.isLive()) {
      Optional<String> header = Hsts.text(site);
      header.ifPresent(
          there -> call.out().unlessQuiet().detail("Enabling HSTS (using built-in template)"));
      texts.put(hsts.file(site), header);
    }
    return texts;
  }

  private void load(Call call, AppName app, long ticket) {
    queue.submit(
        new Change(
            call, app, ticket, properties.serviceCommand(app), () -> sites.takeBack(app, ticket)));
  }

  private void remove(Call call, AppName app) {
    call.out().step("Nginx support is disabled for app (" + app + ")");
    if (java.nio.file.Files.exists(sites.file(app))) {
      call.out().step("Deleting nginx.conf");
      if (isDeployed(call, app)) {
        call.out().step("Reloading nginx after nginx.conf deletion");
      }
      clear(call, app);
    }
  }

  @Override
  public void clear(Call call, AppName app) {
    long ticket = sites.ticket();
    sites.put(app, ticket, Map.of(sites.file(app), Optional.empty()));
    load(call, app, ticket);
  }

  @Override
  public boolean awaitDrained(Duration limit) {
    return nginx.awaitDrained(limit);
  }

  /** Forgets all that is kept beside the app's own folder. */
  void forget(AppName app) {
    queue.forget(app);
  }

  /** From the app's file as it is, else as nginx accepted it last. */
  private String closed(AppName app) {
    Path file = sites.file(app);
    return Stream.of(files.read(file), lastGood.accepted(app, file))
        .flatMap(Optional::stream)
        .map(ClosedSite::text)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private boolean isEnabled(Call call, AppName app) {
    return !triggers.ask(call, PROXY_IS_ENABLED, app).equals("false");
  }

  boolean serves(Call call, AppName app) {
    return triggers.ask(call, PROXY_TYPE, app).equals("nginx");
  }

  /** The mark that a deploy leaves, else what the scheduler says. */
  private boolean isDeployed(Call call, AppName app) {
    if (store.get("common", Scope.of(app), "deployed").orElse("").equals("true")) {
      return true;
    }
    String scheduler = triggers.ask(call, SCHEDULER_DETECT, app);
    return triggers.holds(call, SCHEDULER_IS_DEPLOYED, scheduler, app);
  }
}
