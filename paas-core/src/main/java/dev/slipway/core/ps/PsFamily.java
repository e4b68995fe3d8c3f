package dev.slipway.core.ps;

import static dev.slipway.core.triggers.CoreTriggers.APP_RESTART;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.POST_STOP;
import static dev.slipway.core.triggers.CoreTriggers.PS_CAN_SCALE;
import static dev.slipway.core.triggers.CoreTriggers.PS_CURRENT_SCALE;
import static dev.slipway.core.triggers.CoreTriggers.PS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.PS_SET_SCALE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_APP_STATUS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the plugin {@code ps} answers and reports. Spec: 04 sections 3.12 and 14. */
public final class PsFamily {
  private static final String PLUGIN = PsProperties.PLUGIN;

  private final Roots roots;
  private final DurableFiles files;
  private final Triggers triggers;
  private final PsProperties properties;
  private final Scales scales;
  private final FormerScale former;
  private final Deployed deployed;
  private final Processes processes;
  private final Function<AppName, Map<Instance, String>> states;

  /**
   * @param states the state of each instance of an app, where its scheduler runs containers here
   */
  public PsFamily(
      Roots roots,
      DurableFiles files,
      Triggers triggers,
      PsProperties properties,
      Scales scales,
      FormerScale former,
      Deployed deployed,
      Processes processes,
      Function<AppName, Map<Instance, String>> states) {
    this.roots = roots;
    this.files = files;
    this.triggers = triggers;
    this.properties = properties;
    this.scales = scales;
    this.former = former;
    this.deployed = deployed;
    this.processes = processes;
    this.states = states;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(PLUGIN, POST_CREATE, this::create)
        .on(PLUGIN, POST_RELEASE_BUILDER, this::addDeclared)
        .on(PLUGIN, CORE_POST_DEPLOY, this::deployed)
        .on("common", CORE_POST_DEPLOY, inv -> deployed.set(inv.app(0)))
        .on("common", POST_DELETE, inv -> deployed.destroy(inv.app(0)))
        .on(PLUGIN, POST_STOP, inv -> properties.restores(inv.app(0), false))
        .on(PLUGIN, POST_DELETE, this::delete)
        .on(PLUGIN, APP_RESTART, inv -> processes.restart(inv.call(), inv.app(0), ""))
        .on(PLUGIN, PS_CURRENT_SCALE, inv -> inv.out().text(scaleText(inv.app(0))))
        .on(PLUGIN, PS_SET_SCALE, this::setScale)
        .on(
            PLUGIN,
            PS_CAN_SCALE,
            inv ->
                former.change(
                    inv.call(),
                    inv.app(0),
                    () -> scales.allowScaling(inv.app(0), inv.argument(1).equals("true"))))
        .on(PLUGIN, PS_GET_PROPERTY, this::getProperty)
        .on(
            PLUGIN,
            DOCKER_ARGS_PROCESS_DEPLOY,
            inv -> inv.out().text(" --restart=" + properties.restartPolicy(inv.app(0))))
        .on(PLUGIN, REPORT, inv -> reports.print(inv.call(), report(), inv.app(0)));
  }

  private void create(Invocation inv) {
    files.createDirectories(roots.data(PLUGIN, inv.app(0)));
    scales.initialise(inv.app(0));
  }

  private void deployed(Invocation inv) {
    scales.forgetOld(inv.app(0));
    properties.restores(inv.app(0), true);
  }

  private void delete(Invocation inv) {
    properties.destroy(inv.app(0));
    files.deleteTree(roots.data(PLUGIN, inv.app(0)));
  }

  private void addDeclared(Invocation inv) {
    AppName app = inv.app(1);
    former.change(inv.call(), app, () -> scales.addDeclared(inv.call(), app));
  }

  private void setScale(Invocation inv) {
    AppName app = inv.app(0);
    boolean skipDeploy = inv.argument(1).equals("true");
    boolean clear = inv.argument(2).equals("true");
    former.change(
        inv.call(), app, () -> scales.set(inv.call(), app, inv.from(3), skipDeploy, clear));
  }

  private void getProperty(Invocation inv) {
    inv.out().line(properties.answer(inv.app(0), inv.argument(1)));
  }

  private String scaleText(AppName app) {
    return scales.current(app).entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** {@code ps:report}. */
  public Report report() {
    return properties.report(scope -> scope.app().map(this::flagsOf).orElse(List.of()));
  }

  private List<ReportedFlag> flagsOf(AppName app) {
    List<ReportedFlag> flags = new ArrayList<>();
    flags.add(ReportedFlag.of("deployed", (call, s) -> "" + deployed.is(call, app)));
    AtomicReference<String[]> once = new AtomicReference<>();
    flags.add(ReportedFlag.of("processes", (call, s) -> status(call, app, once)[0]));
    flags.add(ReportedFlag.of("running", (call, s) -> status(call, app, once)[1]));
    flags.add(ReportedFlag.of("ps-can-scale", (call, s) -> "" + scales.canScale(app)));
    flags.add(ReportedFlag.of("restore", (call, s) -> "" + properties.restores(app)));
    states
        .apply(app)
        .forEach(
            (instance, state) ->
                flags.add(ReportedFlag.of("status-" + instance, (call, s) -> state)));
    return flags;
  }

  /** Asks the scheduler once for both flags. */
  private String[] status(Call call, AppName app, AtomicReference<String[]> once) {
    String[] known = once.get();
    String[] status = known == null ? status(call, app) : known;
    once.set(status);
    return status;
  }

  /** Number of processes and whether they run. */
  private String[] status(Call call, AppName app) {
    String scheduler = triggers.ask(call, SCHEDULER_DETECT, app);
    String[] words = triggers.ask(call, SCHEDULER_APP_STATUS, scheduler, app).split(" ", -1);
    return words.length == 2 && words[0].matches("[0-9]+")
        ? words
        : new String[] {"-1", words[words.length - 1]};
  }
}
