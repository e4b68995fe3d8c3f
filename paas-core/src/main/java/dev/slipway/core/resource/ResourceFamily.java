package dev.slipway.core.resource;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;
import static dev.slipway.core.triggers.CoreTriggers.RESOURCE_GET_PROPERTY;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the plugin {@code resource} answers: stored values as docker options. Spec: 04 section 7.2.
 */
public final class ResourceFamily {
  /** Leaves the options out, for engines that cannot limit. */
  static final String OMIT = "DOKKU_OMIT_RESOURCE_ARGS";

  private static final String BUILD = "build";
  private static final String MEMORY = "memory";
  private static final Map<String, String> LIMITS = options();
  private static final Map<String, List<String>> OF_BUILDERS =
      Map.of(
          "herokuish", List.of("cpu", MEMORY, "memory-swap", "nvidia-gpu"),
          "dockerfile", List.of(MEMORY, "memory-swap"));

  private final PropertyStore properties;
  private final Resources resources;
  private final BuildDefaults defaults;

  public ResourceFamily(PropertyStore properties, BuildDefaults defaults) {
    this.properties = properties;
    this.resources = new Resources(properties);
    this.defaults = defaults;
  }

  private static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("cpu", "--cpus=");
    options.put(MEMORY, "--memory=");
    options.put("memory-swap", "--memory-swap=");
    options.put("nvidia-gpu", "--gpus=");
    return options;
  }

  /** The service that commands use. */
  public Resources resources() {
    return resources;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(Resources.PLUGIN, DOCKER_ARGS_PROCESS_BUILD, this::ofBuild)
        .on(Resources.PLUGIN, DOCKER_ARGS_PROCESS_DEPLOY, this::ofProcess)
        .on(Resources.PLUGIN, RESOURCE_GET_PROPERTY, this::printProperty)
        .on(Resources.PLUGIN, POST_DELETE, at -> properties.destroy(Resources.PLUGIN, at.app(0)))
        .on(Resources.PLUGIN, REPORT, at -> reports.print(at.call(), report(), at.app(0)));
  }

  private void ofProcess(Invocation at) {
    passOn(at);
    if (omitted(at)) {
      return;
    }
    String given = at.argument(3);
    String process = ProcessType.isValid(given) ? given : Resources.DEFAULT;
    Scope app = Scope.of(at.app(0));
    LIMITS.forEach(
        (key, option) ->
            resources
                .effective(app, process, Kind.LIMIT, key)
                .ifPresent(value -> print(at, option, key, value)));
    resources
        .effective(app, process, Kind.RESERVE, MEMORY)
        .ifPresent(value -> print(at, "--memory-reservation=", MEMORY, value));
  }

  /** Only what is set for builds counts: of the app, else of the installation, else built in. */
  private void ofBuild(Invocation at) {
    passOn(at);
    String builder = at.argument(1);
    if (omitted(at)) {
      return;
    }
    for (String key : OF_BUILDERS.getOrDefault(builder, List.of())) {
      String value =
          resources
              .stored(Scope.of(at.app(0)), BUILD, Kind.LIMIT, key)
              .or(() -> resources.stored(Scope.GLOBAL, BUILD, Kind.LIMIT, key))
              .orElseGet(() -> builtIn(builder, key));
      if (!value.isEmpty()) {
        print(at, LIMITS.getOrDefault(key, ""), key, value);
      }
    }
  }

  private String builtIn(String builder, String key) {
    boolean own = builder.equals("herokuish");
    return own && key.equals("cpu")
        ? defaults.cpus()
        : own && key.equals(MEMORY) ? defaults.memory() : "";
  }

  private static boolean omitted(Invocation at) {
    return at.call().variable(OMIT).equals(Optional.of("1"));
  }

  private static void print(Invocation at, String option, String key, String value) {
    String text = key.equals(MEMORY) ? withUnit(value) : value;
    at.out().text(" " + ShellWords.join(List.of(option + text)));
  }

  /** A bare number counts megabytes. */
  static String withUnit(String value) {
    return value.matches(".*([bkmgB]|KB|MB|GB)") ? value : value + "m";
  }

  private void printProperty(Invocation at) {
    AppName app = at.app(0);
    Kind kind =
        switch (at.argument(2)) {
          case "limit" -> Kind.LIMIT;
          case "reserve" -> Kind.RESERVE;
          default -> throw new UserError("Invalid resource type: " + at.argument(2));
        };
    if (!Resources.KEYS.contains(at.argument(3))) {
      throw new UserError("Invalid resource: " + at.argument(3));
    }
    String process = at.argument(1).isEmpty() ? Resources.DEFAULT : at.argument(1);
    Optional<String> value =
        ProcessType.isValid(process)
            ? resources.effective(Scope.of(app), process, kind, at.argument(3))
            : Optional.empty();
    at.out().line(value.orElse(""));
  }

  private static void passOn(Invocation at) {
    try {
      at.call().streams().in().transferTo(at.call().streams().out());
    } catch (IOException e) {
      throw new UncheckedIOException("passing docker arguments on", e);
    }
  }

  /** {@code resource:report}: only what is set. */
  public Report report() {
    return new Report(Resources.PLUGIN, true, false, "", this::flags);
  }

  private List<ReportedFlag> flags(Scope scope) {
    return properties.all(Resources.PLUGIN, scope).keySet().stream()
        .map(
            key ->
                ReportedFlag.of(
                    Resources.PLUGIN + "-" + key,
                    (call, asked) -> properties.get(Resources.PLUGIN, asked, key).orElse("")))
        .toList();
  }
}
