package dev.slipway.core.dockeroptions;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the plugin {@code docker-options} answers, and its report. Spec: 04 sections 8.2, 8.3. */
public final class DockerOptionsFamily {
  private static final Set<String> PLACES = Set.of("--link", "-v", "--volume");
  private static final Set<String> COMPOSED = Set.of("--file", "--build-args");
  private static final Set<String> BUILT_BY_DOCKER = Set.of("dockerfile", "nixpacks", "railpack");

  private final DockerOptions options;
  private final PropertyStore properties;

  public DockerOptionsFamily(PropertyStore properties, Triggers triggers) {
    this.options = new DockerOptions(properties, triggers);
    this.properties = properties;
  }

  /** The service that commands use. */
  public DockerOptions options() {
    return options;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(DockerOptions.PLUGIN, DOCKER_ARGS_BUILD, this::build)
        .on(DockerOptions.PLUGIN, DOCKER_ARGS_DEPLOY, inv -> print(inv, Phase.DEPLOY, any -> true))
        .on(
            DockerOptions.PLUGIN,
            DOCKER_ARGS_RUN,
            inv -> print(inv, Phase.RUN, option -> !option.startsWith("--restart")))
        .on(DockerOptions.PLUGIN, DOCKER_ARGS_PROCESS_DEPLOY, this::ofProcess)
        .on(
            DockerOptions.PLUGIN,
            POST_DELETE,
            inv -> properties.destroy(DockerOptions.PLUGIN, inv.app(0)))
        .on(DockerOptions.PLUGIN, REPORT, inv -> reports.print(inv.call(), report(), inv.app(0)));
  }

  private void build(Invocation inv) {
    String source = inv.argument(1);
    Set<String> dropped =
        BUILT_BY_DOCKER.contains(source)
            ? PLACES
            : source.equals("herokuish") ? COMPOSED : Set.of();
    print(
        inv,
        Phase.BUILD,
        option -> !option.startsWith("--restart") && !dropped.contains(name(option)));
  }

  private void ofProcess(Invocation inv) {
    String source = inv.argument(1);
    Set<String> dropped =
        source.equals("herokuish") ? COMPOSED : source.equals("pack") ? Set.of() : PLACES;
    passOn(inv);
    String process = inv.argument(3);
    if (!process.isEmpty()) {
      print(
          inv,
          options.stored(inv.app(0), Optional.of(process), Phase.DEPLOY),
          option -> !dropped.contains(name(option)));
    }
  }

  private void print(Invocation inv, Phase phase, Predicate<String> wanted) {
    passOn(inv);
    print(inv, options.stored(inv.app(0), Optional.empty(), phase), wanted);
  }

  private static void print(Invocation inv, List<String> lines, Predicate<String> wanted) {
    lines.stream().filter(wanted).forEach(option -> inv.out().text(" " + option));
  }

  private static void passOn(Invocation inv) {
    try {
      inv.call().streams().in().transferTo(inv.call().streams().out());
    } catch (IOException e) {
      throw new UncheckedIOException("passing docker arguments on", e);
    }
  }

  private static String name(String option) {
    String name = option.split("[= ]", 2)[0];
    return name.startsWith("-v") ? "-v" : name;
  }

  /** {@code docker-options:report}. */
  public Report report() {
    return new Report(
        DockerOptions.PLUGIN,
        true,
        true,
        "docker-options:report command allows only a single flag",
        scope -> scope.app().map(this::flags).orElse(List.of()));
  }

  private List<ReportedFlag> flags(AppName app) {
    List<ReportedFlag> flags = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      flags.add(flag(phase.toString(), Optional.empty(), phase));
    }
    for (String process : options.processes(app)) {
      flags.add(flag("deploy." + process, Optional.of(process), Phase.DEPLOY));
    }
    return flags;
  }

  private ReportedFlag flag(String name, Optional<String> process, Phase phase) {
    return ReportedFlag.ofList(
        DockerOptions.PLUGIN + "-" + name, scope -> stored(scope, process, phase));
  }

  private List<String> stored(Scope scope, Optional<String> process, Phase phase) {
    return scope.app().map(app -> options.stored(app, process, phase)).orElse(List.of());
  }
}
