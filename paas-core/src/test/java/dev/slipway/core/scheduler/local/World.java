package dev.slipway.core.scheduler.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.checks.Checks;
import dev.slipway.core.checks.ChecksFamily;
import dev.slipway.core.config.ConfigFamily;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.journal.FileJournal;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.locks.Restarts;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.Scope;
import dev.slipway.core.network.Networks;
import dev.slipway.core.ports.Ports;
import dev.slipway.core.ps.Deployed;
import dev.slipway.core.ps.FormerScale;
import dev.slipway.core.ps.Processes;
import dev.slipway.core.ps.PsFamily;
import dev.slipway.core.ps.PsProperties;
import dev.slipway.core.ps.Scales;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.release.ReleaseAndDeploy;
import dev.slipway.core.report.Reports;
import dev.slipway.core.scheduler.Schedulers;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.CoreTriggers;
import dev.slipway.core.triggers.Handler;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Hooks;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** One installation with all families that a deploy meets; files are real, the rest is told. */
final class World implements AutoCloseable {
  static final AppName BLOG = new AppName("blog");

  final Roots roots;
  final DurableFiles files;
  final PropertyStore properties;
  final Handlers handlers = new Handlers();
  final Triggers triggers;
  final InvocationTrees trees = new InvocationTrees();
  final SwitchLocks locks = new SwitchLocks();
  final Journal journal;
  final LocalScheduler scheduler;
  final Scales scales;
  final Processes processes;
  final ChecksFamily checksFamily;
  final StateFiles state;
  final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** What the triggers named by the tests were fired with, in order. */
  final List<String> fired = new CopyOnWriteArrayList<>();

  /** Commands by process type; empty for no Procfile. */
  Map<String, String> procfile = Map.of();

  String appJson = "{}";
  private final Checks checks;

  World(Path folder, Engine engine) {
    this(folder, engine, journal -> journal);
  }

  World(Path folder, Engine engine, UnaryOperator<Journal> around) {
    String user = System.getProperty("user.name");
    roots =
        new Roots(
            folder.resolve("root"),
            folder.resolve("lib"),
            folder.resolve("log"),
            folder.resolve("run"),
            user,
            user);
    files = new DurableFiles(roots);
    files.createDirectories(roots.app(BLOG));
    properties = new PropertyStore(roots, files);
    triggers = new Triggers(handlers, Hooks.NONE, (program, streams) -> 127);
    journal = around.apply(new FileJournal(roots, files));
    state = new StateFiles(roots, files);
    AppDirectory apps = new AppDirectory(roots, () -> triggers);
    Reports reports = new Reports(apps);
    handlers.on("apps", CoreTriggers.APP_EXISTS, inv -> apps.existing(inv.call(), "blog"));
    handlers.on("apps", CoreTriggers.APP_LIST, inv -> inv.out().line("blog"));
    new ConfigFamily(roots, files, properties, triggers).register(handlers);
    new Networks(roots, files, properties, engine).register(handlers);
    new Ports(properties, triggers).register(handlers);
    new Schedulers(properties).register(handlers, reports);
    ImageNames.register(handlers);
    checks = new Checks(engine, triggers, properties);
    checksFamily = new ChecksFamily(properties, checks);
    checksFamily.register(handlers, reports);
    scheduler =
        new LocalScheduler(
            new LocalScheduler.Platform(
                roots,
                files,
                properties,
                InstallationId.of(roots, files),
                engine,
                triggers,
                Clock.systemUTC()),
            locks,
            trees,
            journal,
            limit -> true,
            () -> call(new ByteArrayOutputStream()));
    scheduler.register(handlers, reports);
    Deliveries deliveries = new Deliveries((program, streams) -> 127);
    Builds builds =
        new Builds(
            new BuildRecords(roots, files, properties, Clock.systemUTC()),
            roots,
            files,
            properties,
            triggers,
            deliveries);
    FormerScale formerScale = new FormerScale(properties, journal);
    new ReleaseAndDeploy(
            triggers,
            new ImageNames(triggers, engine),
            builds,
            journal,
            trees,
            new Restarts(locks, trees, deliveries),
            formerScale)
        .register(handlers);
    Deployed deployed = new Deployed(properties, triggers);
    scales = new Scales(properties, triggers, deployed, (call, app) -> types());
    PsProperties ps = new PsProperties(properties);
    processes = new Processes(triggers, deployed, ps);
    new PsFamily(
            roots, files, triggers, ps, scales, formerScale, deployed, processes, scheduler::states)
        .register(handlers, reports);
    front();
    properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=1"));
    properties.set("checks", Scope.GLOBAL, "default-wait", "0");
  }

  private Optional<Collection<String>> types() {
    return procfile.isEmpty() ? Optional.empty() : Optional.of(procfile.keySet());
  }

  /** What the families in front of a release answer. */
  private void front() {
    handlers
        .on("app-json", CoreTriggers.APP_JSON_GET_CONTENT, inv -> inv.out().text(appJson))
        .on(
            "app-json",
            CoreTriggers.APP_JSON_PROCESS_DEPLOY_PARALLELISM,
            inv -> inv.out().line("1"))
        .on(
            "ps",
            CoreTriggers.PROCFILE_EXISTS,
            inv -> {
              if (procfile.isEmpty()) {
                throw new dev.slipway.core.error.UserError("Procfile does not exist");
              }
            })
        .on(
            "ps",
            CoreTriggers.PROCFILE_GET_COMMAND,
            inv -> inv.out().line(procfile.getOrDefault(inv.argument(1), "")))
        .on(
            "builder-dockerfile",
            CoreTriggers.BUILDER_RELEASE,
            inv ->
                triggers.fire(
                    inv.call(),
                    CoreTriggers.POST_RELEASE_BUILDER,
                    inv.argument(0),
                    inv.argument(1),
                    "image"))
        .on("domains", CoreTriggers.DOMAINS_URLS, inv -> inv.out().line("http://blog.example.com"));
  }

  /** Adds a plugin's handler, whose name decides its place. */
  World on(String plugin, Trigger trigger, Handler handler) {
    handlers.on(plugin, trigger, handler);
    return this;
  }

  /** Records each of these triggers with its arguments, from the end of its chain. */
  World recording(Trigger... all) {
    for (Trigger trigger : all) {
      handlers.on(
          "zz-recorder",
          trigger,
          inv -> fired.add((trigger + " " + String.join(" ", inv.arguments())).strip()));
    }
    return this;
  }

  Call call() {
    return call(output);
  }

  private Call call(ByteArrayOutputStream out) {
    return Call.from(
        Identity.local("dokku", false),
        UUID.randomUUID().toString(),
        Map.of("DOKKU_PID", "4711", "DOKKU_REDIRECT_OUTPUT", "true"),
        roots.dokkuRoot(),
        new Streams(InputStream.nullInputStream(), out, out),
        Optional.empty(),
        program -> 127);
  }

  /** A call made from within another one, by a hook. */
  Call nested(Call outer) {
    return Call.from(
        outer.identity(),
        "unused",
        outer.environment(),
        outer.directory(),
        outer.streams(),
        Optional.empty(),
        program -> 127);
  }

  void releaseAndDeploy() {
    triggers.fire(call(), CoreTriggers.RELEASE_AND_DEPLOY, BLOG);
  }

  /** The id of the instance's current container. */
  String id(Instance instance) {
    return Optional.ofNullable(state.containers(BLOG).get(instance)).orElseThrow();
  }

  /** What has been printed since the last time, with random and changing parts replaced. */
  List<String> printed() {
    List<String> lines = new ArrayList<>();
    for (String line : output.toString(UTF_8).split("\n", -1)) {
      lines.add(
          line.replaceAll("upcoming-[0-9]+", "upcoming-R")
              .replaceAll("\\b[0-9a-f]{64}\\b", "ID")
              .replaceAll("\\b[0-9a-f]{12}\\b", "CID")
              .replaceAll("\\.[0-9]{10}\\b", ".TIME"));
    }
    output.reset();
    return lines.subList(0, lines.size() - 1);
  }

  @Override
  public void close() {
    scheduler.close();
    checks.close();
  }
}
