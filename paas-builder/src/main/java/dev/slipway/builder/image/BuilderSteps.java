package dev.slipway.builder.image;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_CONFIGURE;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_SET_DETECTED;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.Triggers;
import java.util.List;
import java.util.stream.Stream;

/** What every builder asks and tells the other families. Spec: 03 section 5. */
public final class BuilderSteps {
  private static final int DEFAULT_PORT = 5000;

  private final String builder;
  private final Triggers triggers;

  /**
   * @param builder its name
   */
  public BuilderSteps(String builder, Triggers triggers) {
    this.builder = builder;
    this.triggers = triggers;
  }

  /** The docker options for a build, as words. */
  public List<String> options(Call call, AppName app) {
    return Stream.of(DOCKER_ARGS_BUILD, DOCKER_ARGS_PROCESS_BUILD)
        .flatMap(
            trigger ->
                ShellWords.split(triggers.ask(call, trigger, app, builder), "docker options")
                    .stream())
        .toList();
  }

  /** Fires a trigger of old only where a plugin still has it. */
  public void deprecated(Call call, Trigger old, Trigger replacement, Object... arguments) {
    if (triggers.isHooked(call, old)) {
      call.out()
          .warn(
              "Deprecated: please upgrade plugin to use '"
                  + replacement
                  + "' plugin trigger instead of "
                  + old);
      triggers.fire(call, old, arguments);
    }
  }

  /** Stores the ports that the app was found to listen on. */
  public void detectPorts(Call call, AppName app, List<PortMapping> ports) {
    Object[] arguments =
        Stream.concat(Stream.of(app), ports.stream()).map(Object::toString).toArray();
    triggers.fire(call, PORTS_SET_DETECTED, arguments);
  }

  /** For an app that listens where {@code PORT} says: the proxy's port leads to 5000. */
  public void detectUsualPort(Call call, AppName app) {
    triggers.fire(call, PORTS_CONFIGURE, app);
    String port = triggers.ask(call, PORTS_GET_PROPERTY, app, "proxy-port");
    int host = port.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(port) : 80;
    detectPorts(call, app, List.of(new PortMapping("http", host, DEFAULT_PORT)));
  }
}
