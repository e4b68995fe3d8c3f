package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.CHECKS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;
import static dev.slipway.core.triggers.CoreTriggers.PS_CURRENT_SCALE;
import static dev.slipway.core.triggers.CoreTriggers.PS_GET_PROPERTY;

import dev.slipway.core.call.Call;
import dev.slipway.core.checks.ZeroDowntime;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.release.ReleaseRecords;
import dev.slipway.core.scheduler.local.DeployPlan.TypePlan;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Asks everybody what a deploy needs to know. Spec: 04 sections 5.2 and 5.5. */
final class DeployPlanner {
  private static final Comparator<ProcessType> WEB_FIRST =
      Comparator.<ProcessType, Boolean>comparing(type -> !type.isWeb())
          .thenComparing(Comparator.naturalOrder());

  private final Triggers triggers;
  private final ImageNames images;
  private final StateFiles state;
  private final ReleaseRecords records;
  private final ZeroDowntime zeroDowntime;
  private final PropertyStore properties;

  DeployPlanner(
      Triggers triggers,
      ImageNames images,
      StateFiles state,
      ReleaseRecords records,
      ZeroDowntime zeroDowntime,
      PropertyStore properties) {
    this.triggers = triggers;
    this.images = images;
    this.state = state;
    this.records = records;
    this.zeroDowntime = zeroDowntime;
    this.properties = properties;
  }

  DeployPlan plan(Call call, AppName app, String tag, Optional<ProcessType> only) {
    String name = images.name(call, app, tag);
    Image image = images.require(name);
    // asked in the order in which the reference asks, since plugins may follow along
    boolean bindAll =
        triggers.ask(call, NETWORK_GET_PROPERTY, app, "bind-all-interfaces").equals("true");
    String stopTimeout = triggers.ask(call, PS_GET_PROPERTY, app, "stop-timeout-seconds");
    boolean procfile = triggers.holds(call, PROCFILE_EXISTS, app);
    String wait = triggers.ask(call, CHECKS_GET_PROPERTY, app, "wait-to-retire");
    List<String> ports = triggers.ask(call, PORTS_GET, app).lines().toList();
    int webPort = webPort(ports);
    List<ProcessType> skipped = new ArrayList<>();
    List<TypePlan> types = types(call, app, only, image, webPort, procfile, skipped);
    return new DeployPlan(
        UUID.randomUUID().toString(),
        records.nextNumber(app),
        app,
        tag,
        name,
        image,
        sourceType(image),
        only,
        types,
        skipped,
        state.containers(app, only),
        ExportedConfig.merged(triggers, call, app),
        webPort,
        ports,
        number(LocalSettings.parallelTypes(properties, app), 1),
        seconds(wait, 60),
        seconds(stopTimeout, 30),
        LocalSettings.init(properties, app, image),
        bindAll);
  }

  /** The scale that is stored, by type. */
  SortedMap<ProcessType, Integer> scale(Call call, AppName app) {
    SortedMap<ProcessType, Integer> scale = new TreeMap<>();
    triggers
        .ask(call, PS_CURRENT_SCALE, app)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2 && ProcessType.isValid(pair[0]))
        .forEach(
            pair -> scale.put(new ProcessType(pair[0]), Math.max(0, number(pair[1].strip(), 0))));
    return scale;
  }

  private List<TypePlan> types(
      Call call,
      AppName app,
      Optional<ProcessType> only,
      Image image,
      int webPort,
      boolean procfile,
      List<ProcessType> skipped) {
    List<TypePlan> plans = new ArrayList<>();
    for (Map.Entry<ProcessType, Integer> each : scale(call, app).entrySet()) {
      ProcessType type = each.getKey();
      if (only.isPresent() && !only.get().equals(type)) {
        continue;
      }
      int port = type.isWeb() ? webPort : DeployPlan.DEFAULT_PORT;
      String command = procfile ? command(call, app, type, port) : "";
      if (procfile && command.isEmpty()) {
        call.out().warn("Skipping " + type + " as it is missing from the current Procfile");
        skipped.add(type);
        continue;
      }
      plans.add(
          new TypePlan(
              type,
              each.getValue(),
              startCommand(app, image, type, command),
              zeroDowntime.isDisabled(app, type)));
    }
    plans.sort(Comparator.comparing(TypePlan::type, WEB_FIRST));
    return plans;
  }

  private String command(Call call, AppName app, ProcessType type, int port) {
    try {
      return triggers.ask(call, PROCFILE_GET_COMMAND, app, type, port).strip();
    } catch (TriggerFailed | UserError unknownType) {
      return "";
    }
  }

  private List<String> startCommand(
      AppName app, Image image, ProcessType type, String procfileCommand) {
    String dockerfile = ps(app, "dockerfile-start-cmd");
    String start = ps(app, "start-cmd");
    String text =
        switch (sourceType(image)) {
          case "herokuish" -> start.isEmpty() ? "/start " + type : start;
          case "pack" -> first(start, dockerfile, procfileCommand);
          default -> first(dockerfile, procfileCommand);
        };
    return ShellWords.split(text, "the command of " + type);
  }

  private String ps(AppName app, String key) {
    return properties.get("ps", Scope.of(app), key).orElse("");
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static String sourceType(Image image) {
    String builder = image.labels().getOrDefault(Labels.BUILDER_TYPE, "");
    return builder.equals("herokuish") || builder.equals("pack") ? builder : "dockerfile";
  }

  /** The container port of the first mapping that is not udp. */
  static int webPort(List<String> ports) {
    return ports.stream()
        .map(PortMapping::parse)
        .filter(mapping -> !mapping.scheme().equals("udp"))
        .map(PortMapping::containerPort)
        .findFirst()
        .orElse(DeployPlan.DEFAULT_PORT);
  }

  static Duration seconds(String text, int fallback) {
    return Duration.ofSeconds(Math.max(0, number(text, fallback)));
  }

  static int number(String text, int fallback) {
    return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : fallback;
  }
}
