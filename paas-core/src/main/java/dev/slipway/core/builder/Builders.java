package dev.slipway.core.builder;

import static dev.slipway.core.triggers.CoreTriggers.BUILDER_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_HEROKUISH_ALLOWED;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_IMAGE_IS_CNB;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_IMAGE_IS_HEROKUISH;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_RELEASE;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_SET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Picks a builder, and puts each at its place in the trigger chains. Spec: 03 section 4. */
public final class Builders {
  static final String PLUGIN = "builder";
  private static final String HEROKUISH = "herokuish";

  private final List<Builder> builders;
  private final PropertyStore properties;
  private final Engine engine;
  private final Triggers triggers;

  public Builders(
      List<Builder> builders, PropertyStore properties, Engine engine, Triggers triggers) {
    this.engine = engine;
    this.builders = List.copyOf(builders);
    this.properties = properties;
    this.triggers = triggers;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, BUILDER_DETECT, this::printSelected)
        .on(PLUGIN, BUILDER_GET_PROPERTY, this::printProperty)
        .on(PLUGIN, BUILDER_SET_PROPERTY, this::setProperty)
        .on(PLUGIN, CORE_POST_EXTRACT, this::moveBuildDirectory)
        .on(PLUGIN, POST_DELETE, at -> properties.destroy(PLUGIN, at.app(0)));
    handlers
        .on(PLUGIN, BUILDER_IMAGE_IS_CNB, at -> tellOfImage(at, false))
        .on(PLUGIN, BUILDER_IMAGE_IS_HEROKUISH, at -> tellOfImage(at, true));
    builders.forEach(builder -> register(handlers, builder));
    AbsentBuilder.ALL.forEach(
        absent ->
            handlers.on(
                PLUGIN + "-" + absent.name(),
                BUILDER_DETECT,
                at -> {
                  if (absent.detects(tree(at, 1))) {
                    at.out().line(absent.name());
                  }
                }));
  }

  private void tellOfImage(Invocation at, boolean herokuish) {
    Optional<Image> image = engine.image(at.argument(1));
    boolean is =
        image.isPresent()
            && (herokuish
                ? BuilderTypes.isHerokuish(
                    image.get(), BuilderTypes.appUser(triggers, at.call(), at.app(0)))
                : BuilderTypes.isCnb(image.get()));
    at.out().line(Boolean.toString(is));
  }

  private static void register(Handlers handlers, Builder builder) {
    String plugin = PLUGIN + "-" + builder.name();
    handlers
        .on(plugin, CORE_POST_EXTRACT, at -> builder.prepare(at.call(), at.app(0), tree(at, 1)))
        .on(
            plugin,
            BUILDER_DETECT,
            at -> {
              if (builder.detects(at.call(), at.app(0), tree(at, 1))) {
                at.out().line(builder.name());
              }
            })
        .on(
            plugin,
            BUILDER_BUILD,
            at -> {
              if (at.argument(0).equals(builder.name())) {
                builder.build(at.call(), at.app(1), tree(at, 2));
              }
            })
        .on(
            plugin,
            BUILDER_RELEASE,
            at -> {
              if (at.argument(0).equals(builder.name())) {
                builder.release(at.call(), at.app(1), at.argument(2));
              }
            });
  }

  /**
   * The builder for this source: what is selected, else what the first builder in plugin order
   * claims, else buildpacks.
   *
   * @throws UserError if nothing here can run it
   */
  public String pick(Call call, AppName app, Path directory) {
    String name =
        triggers
            .ask(call, BUILDER_DETECT, app, directory)
            .lines()
            .map(String::strip)
            .findFirst()
            .filter(line -> !line.isEmpty())
            .orElseGet(() -> unlessDetected(call, app));
    boolean ours = builders.stream().anyMatch(each -> each.name().equals(name));
    if (!ours && !triggers.isHooked(call, BUILDER_BUILD)) {
      throw new UserError(explanation(name));
    }
    return name;
  }

  private String unlessDetected(Call call, AppName app) {
    if (triggers.holds(call, BUILDER_HEROKUISH_ALLOWED, app)) {
      return HEROKUISH;
    }
    String architecture = engine.info().getOrDefault("architecture", "");
    if (architecture.equals("amd64")) {
      return HEROKUISH;
    }
    call.out().warn("Herokuish builder not supported on " + architecture + " servers.");
    call.out().warn("Switching to pack builder.");
    return "pack";
  }

  private String explanation(String name) {
    return AbsentBuilder.ALL.stream()
        .filter(absent -> absent.name().equals(name))
        .findFirst()
        .map(AbsentBuilder::explanation)
        .orElseGet(
            () ->
                "There is no builder '"
                    + name
                    + "' (there are: "
                    + builders.stream().map(Builder::name).collect(Collectors.joining(", "))
                    + ")");
  }

  private static SourceTree tree(Invocation at, int argument) {
    return new SourceTree(Path.of(at.argument(argument)));
  }

  private void printSelected(Invocation at) {
    String selected = properties.effective(PLUGIN, at.app(0), "selected", "");
    if (!selected.isEmpty()) {
      at.out().line(selected);
    }
  }

  private void printProperty(Invocation at) {
    requireKnown(at.argument(1));
    properties
        .get(PLUGIN, Scope.of(at.app(0)), at.argument(1))
        .filter(value -> !value.isEmpty())
        .ifPresent(at.out()::line);
  }

  private void setProperty(Invocation at) {
    requireKnown(at.argument(1));
    Scope scope = Scope.of(at.app(0));
    if (at.argument(2).isEmpty()) {
      properties.unset(PLUGIN, scope, at.argument(1));
    } else {
      properties.set(PLUGIN, scope, at.argument(1), at.argument(2));
    }
  }

  private static void requireKnown(String key) {
    if (!List.of("build-dir", "detected", "selected", "skip-cleanup").contains(key)) {
      throw new UserError("Invalid builder property specified");
    }
  }

  private void moveBuildDirectory(Invocation at) {
    String folder = SourceTree.trimmed(properties.effective(PLUGIN, at.app(0), "build-dir", ""));
    if (!folder.isEmpty()) {
      new BuildDirectory(tree(at, 1)).become(folder);
    }
  }
}
