package dev.slipway.core.checks;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_GET_CONTENT;
import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_LIST;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Operation;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Decides whether a container may take over. Spec: 04 sections 6.4 and 6.5. */
public final class Checks implements AutoCloseable {
  private static final String PLUGIN = ZeroDowntime.PLUGIN;
  private static final String DOCS = "https://dokku.com/docs/deployment/zero-downtime-deploys/";

  private final Engine engine;
  private final Triggers triggers;
  private final PropertyStore properties;
  private final ZeroDowntime zeroDowntime;
  private final ContainerLog logs;
  private final ListeningSockets sockets;
  private final PathProbe paths = new PathProbe();

  public Checks(Engine engine, Triggers triggers, PropertyStore properties) {
    this(engine, triggers, properties, Path.of("/proc"));
  }

  Checks(Engine engine, Triggers triggers, PropertyStore properties, Path proc) {
    this.engine = engine;
    this.triggers = triggers;
    this.properties = properties;
    this.zeroDowntime = new ZeroDowntime(properties);
    this.logs = new ContainerLog(engine);
    this.sockets = new ListeningSockets(engine, proc);
  }

  /** {@code " ! "} in red on standard error, as the reference's checker prints it. */
  static void alarm(Call call, String text) {
    call.out().errorLine("\u001b[1m\u001b[31m !     \u001b[0m\u001b[0m" + text);
  }

  /**
   * Runs the startup checks of an instance, all at once.
   *
   * @throws UserError if any counts as failed; everything has been said, a container of a deploy is
   *     stopped
   */
  void run(Call call, Target target) {
    if (zeroDowntime.isSkipped(target.app(), target.type())) {
      call.out()
          .unlessQuiet()
          .heading("Zero downtime checks have been skipped (" + target.label() + ")");
      return;
    }
    List<Healthcheck> checks = checksOf(call, target.app(), target.type(), target.port());
    call.out().step("Executing " + checks.size() + " healthchecks");
    int failures = isRunning(call, target) ? runAll(call, target, checks) : 1;
    if (failures > 0) {
      fail(call, target, failures);
    }
    call.out().detail("All checks successful (" + target.label() + ")");
    warnIfNothingListens(call, target);
    showLog(call, target);
  }

  /** What the startup checks of an instance may take at most, in seconds. */
  long limit(Call call, AppName app, ProcessType type, int port) {
    if (zeroDowntime.isSkipped(app, type)) {
      return 0;
    }
    OutputStream none = OutputStream.nullOutputStream(); // what is wrong is said when they run
    Call silent =
        call.withStreams(new Streams(InputStream.nullInputStream(), none, none), call.foreground());
    return checksOf(silent, app, type, port).stream().mapToLong(Healthcheck::limit).max().orElse(0);
  }

  private List<Healthcheck> checksOf(Call call, AppName app, ProcessType type, int port) {
    String wait =
        properties
            .get(PLUGIN, Scope.GLOBAL, "default-wait")
            .filter(text -> text.matches("[0-9]{1,5}"))
            .orElse("10");
    return Healthchecks.startup(
        triggers.ask(call, APP_JSON_GET_CONTENT, app),
        type,
        port,
        Integer.parseInt(wait),
        call.out());
  }

  private boolean isRunning(Call call, Target target) {
    Optional<Container> container = engine.container(target.containerId());
    if (container.filter(Container::isRunning).isPresent()) {
      return true;
    }
    alarm(call, "Container state: " + container.map(Container::status).orElse("missing"));
    return false;
  }

  private int runAll(Call call, Target target, List<Healthcheck> checks) {
    CheckRun run = new CheckRun(engine, paths, sockets, target, automaticHeaders(call, target));
    checks.forEach(check -> call.out().detail(check.announcement()));
    List<Future<Integer>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      checks.forEach(check -> results.add(threads.submit(() -> run.run(call, check))));
      try (Operation.Registration _ = call.operation().onCancel(threads::shutdownNow)) {
        return results.stream().mapToInt(Checks::result).sum();
      }
    }
  }

  private static int result(Future<Integer> check) {
    try {
      return check.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new UserError("Interrupted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted");
    }
  }

  private void fail(Call call, Target target, int failures) {
    Optional<Container> container = engine.container(target.containerId());
    if (target.index().isPresent()) {
      stop(call, target);
    }
    container.flatMap(Checks::reason).ifPresent(reason -> alarm(call, reason));
    alarm(call, "Could not start due to " + failures + " failed checks (" + target.label() + ")");
    showLog(call, target);
    throw UserError.silent(1);
  }

  private void stop(Call call, Target target) {
    try {
      engine.restartPolicy(target.containerId(), "no");
      engine.kill(target.containerId(), "TERM");
    } catch (ToolFailure e) {
      call.out().warn("Unable to stop container " + target.containerId());
    }
    call.out().line(target.containerId());
  }

  /** Why it ended, as far as the engine knows. */
  private static Optional<String> reason(Container container) {
    if (container.oomKilled()) {
      return Optional.of("The container was ended by the kernel: it ran out of memory");
    }
    if (container.restarts() > 0 || container.status().equals("restarting")) {
      return Optional.of(
          "The container keeps ending: exit code "
              + container.exitCode()
              + ", started again "
              + container.restarts()
              + " times");
    }
    return container.isRunning()
        ? Optional.empty()
        : Optional.of("The container ended with exit code " + container.exitCode());
  }

  private void warnIfNothingListens(Call call, Target target) {
    boolean silent =
        target.type().isWeb()
            && !target.address().isEmpty()
            && sockets
                .of(target.containerId())
                .map(List::isEmpty)
                .orElseGet(() -> !ListeningSockets.accepts(target.address(), target.port()));
    if (silent) {
      call.out()
          .warn(
              "Nothing listens on port "
                  + target.port()
                  + " of "
                  + target.label()
                  + " yet: requests will fail until it does");
    }
  }

  private void showLog(Call call, Target target) {
    String id = target.containerId();
    logs.show(
        call,
        id,
        target.app()
            + " container output ("
            + id.substring(0, Math.min(12, id.length()))
            + " "
            + target.label()
            + ")");
  }

  private Map<String, String> automaticHeaders(Call call, Target target) {
    Map<String, String> headers = new HashMap<>();
    if (hasCertificate(call, target.app())) {
      headers.put("X-Forwarded-Proto", "https");
    }
    firstDomain(call, target.app()).ifPresent(domain -> headers.put("Host", domain));
    return headers;
  }

  private boolean hasCertificate(Call call, AppName app) {
    try {
      return triggers.ask(call, CERTS_EXISTS, app).equals("true");
    } catch (TriggerFailed | UserError none) {
      return false;
    }
  }

  private Optional<String> firstDomain(Call call, AppName app) {
    try {
      return triggers
          .ask(call, DOMAINS_LIST, app)
          .lines()
          .map(String::strip)
          .filter(each -> !each.isEmpty() && !each.equals("localhost") && !each.contains("*"))
          .findFirst();
    } catch (TriggerFailed | UserError none) {
      return Optional.empty();
    }
  }

  /** What a release says about the checks to come. */
  void announce(Call call, AppName app) {
    call.out().heading("Processing deployment checks");
    if (Healthchecks.any(triggers.ask(call, APP_JSON_GET_CONTENT, app), ProcessType.WEB)) {
      return;
    }
    alarm(call, "No healthchecks found in app.json for web process type");
    call.out()
        .detail(
            "No web healthchecks found in app.json. Simple container checks will be performed.");
    call.out()
        .detail(
            "For more efficient zero downtime deployments, add healthchecks to your app.json. See "
                + call.variable("DOKKU_CHECKS_URL").filter(url -> !url.isEmpty()).orElse(DOCS)
                + " for examples");
  }

  @Override
  public void close() {
    paths.close();
  }
}
