package dev.slipway.core.buildpacks;

import static dev.slipway.core.report.Property.Line.GLOBAL;
import static dev.slipway.core.report.Property.Line.OWN;
import static dev.slipway.core.triggers.CoreTriggers.BUILDPACK_STACK_NAME;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.POST_STACK_SET;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the plugin {@code buildpacks} answers, its report, and the stack. Spec: 03 section 6. */
public final class BuildpacksFamily {
  private static final String STACK = "stack";
  private static final String IMAGE = "DOKKU_IMAGE";
  private static final PropertySet SET =
      new PropertySet(
          Buildpacks.PLUGIN,
          PropertyFamily.COMPILED,
          List.of(
              Property.everywhere(STACK, "").checked(BuildpacksFamily::image).shown(OWN, GLOBAL)));

  private final PropertyStore properties;
  private final PropertyValues values;
  private final Triggers triggers;
  private final VisibleApps apps;
  private final Buildpacks buildpacks;

  public BuildpacksFamily(PropertyStore properties, Triggers triggers, VisibleApps apps) {
    this.properties = properties;
    this.values = new PropertyValues(properties, SET);
    this.triggers = triggers;
    this.apps = apps;
    this.buildpacks = new Buildpacks(properties);
  }

  /** The service that commands use. */
  public Buildpacks buildpacks() {
    return buildpacks;
  }

  public void register(Handlers handlers, Reports reports) {
    BuildpacksFile file = new BuildpacksFile(buildpacks, triggers);
    handlers
        .on(
            Buildpacks.PLUGIN,
            POST_EXTRACT,
            at -> file.prepare(at.call(), at.app(0), new SourceTree(Path.of(at.argument(1)))))
        .on(
            Buildpacks.PLUGIN,
            BUILDPACK_STACK_NAME,
            at -> stack(at.call(), at.app(0)).ifPresent(at.out()::line))
        .on(Buildpacks.PLUGIN, POST_DELETE, at -> properties.destroy(Buildpacks.PLUGIN, at.app(0)))
        .on(Buildpacks.PLUGIN, REPORT, at -> reports.print(at.call(), report(), at.app(0)));
  }

  /** A name that an image can have, so that it is never taken for an option or an address. */
  private static String image(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._:/@-]*")) {
      throw new UserError("Invalid stack specified: " + text);
    }
    return text;
  }

  private Optional<String> stack(Call call, AppName app) {
    String stored = values.computed(app, STACK);
    if (!stored.isEmpty()) {
      return Optional.of(image(stored));
    }
    String configured = triggers.ask(call, CONFIG_GET, app, IMAGE);
    if (configured.isEmpty()) {
      return Optional.empty();
    }
    call.out()
        .warn(
            "Deprecated: use buildpacks:set-property instead of specifying "
                + IMAGE
                + " environment variable");
    return Optional.of(image(configured));
  }

  /** {@code buildpacks:set-property}; a stack that changed makes the build cache useless. */
  public void set(Call call, PropertySetter setter, List<String> words) {
    boolean global = !words.isEmpty() && words.getFirst().equals("--global");
    Scope scope =
        global
            ? Scope.GLOBAL
            : Scope.of(apps.existing(call, words.isEmpty() ? "" : words.getFirst()));
    Optional<String> former = properties.get(Buildpacks.PLUGIN, scope, STACK);
    setter.run(call, SET, words);
    Optional<String> now = properties.get(Buildpacks.PLUGIN, scope, STACK);
    if (!now.equals(former)) {
      scope
          .app()
          .map(List::of)
          .orElseGet(() -> apps.list(call))
          .forEach(app -> triggers.fire(call, POST_STACK_SET, app, now.orElse("")));
    }
  }

  /** {@code buildpacks:report}. */
  public Report report() {
    return values.report(true, scope -> scope.app().map(this::flagsOf).orElse(List.of()));
  }

  private List<ReportedFlag> flagsOf(AppName app) {
    return List.of(
        ReportedFlag.of("buildpacks-computed-stack", (call, any) -> computed(call, app)),
        ReportedFlag.of("buildpacks-list", (call, any) -> String.join(",", buildpacks.list(app))));
  }

  private String computed(Call call, AppName app) {
    String stored = values.computed(app, STACK);
    String configured = stored.isEmpty() ? triggers.ask(call, CONFIG_GET, app, IMAGE) : stored;
    return configured.isEmpty() ? call.variable(IMAGE).orElse("") : configured;
  }
}
