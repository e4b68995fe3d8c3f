package dev.slipway.core.tasks;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_CONTAINER_CREATE;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Streams;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.output.Output;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Triggers;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs tasks, each in a container of its own that goes when it ends. There is no limit of time; a
 * deploy that is given up ends its task. Spec: 03 section 9.
 */
public final class Tasks {
  /** On the container: the phase. */
  static final String PHASE_LABEL = "dokku_phase_script";

  private static final int SHORT_ID = 9;
  private static final String SHELL = "/bin/bash";

  private final Engine engine;
  private final Triggers triggers;
  private final PropertyStore properties;
  private final InstallationId installation;
  private final ThrowAway containers;

  public Tasks(
      Engine engine,
      Triggers triggers,
      PropertyStore properties,
      InstallationId installation,
      ThrowAway containers) {
    this.engine = engine;
    this.triggers = triggers;
    this.properties = properties;
    this.installation = installation;
    this.containers = containers;
  }

  /**
   * Runs a task and shows what it writes.
   *
   * @throws UserError if the image is missing or the command ends with anything but 0; nothing of
   *     the container is left then, and the image is as it was
   */
  public void run(Call call, Task task) {
    Image image =
        engine
            .image(task.image())
            .orElseThrow(() -> new UserError("App image (" + task.image() + ") not found"));
    Map<String, String> config = ExportedConfig.merged(triggers, call, task.app());
    ContainerSpec spec = spec(call, task, image, config);
    containers.with(
        call,
        task.app(),
        spec,
        id -> {
          triggers.fire(call, POST_CONTAINER_CREATE, "app", id, task.app(), task.phase());
          if (!succeeds(call, task, id)) {
            throw failed(task);
          }
          if (task.changesImage()) {
            keep(task, image, spec, id);
          }
          return id;
        });
  }

  private static UserError failed(Task task) {
    return new UserError("Execution of " + task.phase() + " task failed: " + task.command());
  }

  private ContainerSpec spec(Call call, Task task, Image image, Map<String, String> config) {
    SourceType source = SourceType.of(image);
    String shell = properties.effective("scheduler", task.app(), "shell", SHELL);
    return new ContainerSpec(
        ThrowAway.name(task.app(), task.phase()),
        options(call, task, source),
        task.image(),
        TaskCommand.words(
            task.command(), image, source, shell.isBlank() ? SHELL : shell, call.trace()),
        config,
        Optional.empty());
  }

  private List<String> options(Call call, Task task, SourceType source) {
    List<String> options = new ArrayList<>();
    options.add("--label=" + Labels.SCHEMA_VERSION);
    options.add("--label=" + Labels.VENDOR);
    options.add("--label=" + Labels.DOKKU);
    options.add(label(Labels.APP, task.app().value()));
    List<String> asked =
        new ArrayList<>(split(triggers.ask(call, DOCKER_ARGS_DEPLOY, task.app(), task.tag())));
    asked.addAll(
        split(
            triggers.ask(call, DOCKER_ARGS_PROCESS_DEPLOY, task.app(), source.word(), task.tag())));
    options.addAll(TaskOptions.without(asked));
    options.add(label(PHASE_LABEL, task.phase()));
    switch (source) {
      case HEROKUISH -> options.addAll(List.of("-v", "cache-" + task.app() + ":/tmp/cache"));
      case CNB -> options.add("--entrypoint=/cnb/lifecycle/launcher");
      case DOCKERFILE -> {}
    }
    if (call.trace()) {
      options.addAll(List.of("--env", "DOKKU_TRACE=1"));
    }
    options.add(label(Labels.INSTALLATION, installation.value()));
    return options;
  }

  private static String label(String key, String value) {
    return "--label=" + Labels.with(key, value);
  }

  private static List<String> split(String text) {
    return ShellWords.split(text, "docker option");
  }

  private boolean succeeds(Call call, Task task, String id) {
    Output quiet = call.out().unlessQuiet();
    String which =
        task.app() + " " + task.phase() + " task (" + id.substring(0, SHORT_ID) + ") output";
    quiet.heading("Start of " + which);
    try (TaskOutput out = new TaskOutput(quiet::detail);
        TaskOutput err = new TaskOutput(quiet::warn)) {
      Streams streams = new Streams(InputStream.nullInputStream(), out, err);
      return engine.runAttached(id, streams, false, Optional.empty()) == 0;
    } catch (ToolFailure e) {
      String.valueOf(e.getMessage()).lines().forEach(call.out()::warn);
      return false;
    } finally {
      quiet.heading("End of " + which);
    }
  }

  private void keep(Task task, Image before, ContainerSpec spec, String id) {
    try {
      engine.commit(
          id,
          task.repository(),
          task.tag(),
          KeptImage.labels(task, spec.name()),
          KeptImage.changes(before, SourceType.of(before), variables(spec)));
    } catch (ToolFailure e) {
      throw new ToolFailure(
          "Committing of '" + task.phase() + "' to image failed: " + e.getMessage(), e);
    }
  }

  /** The variables that the container got, by whatever way. */
  private static Set<String> variables(ContainerSpec spec) {
    Set<String> names = new LinkedHashSet<>(spec.environment().keySet());
    List<String> options = spec.options();
    for (int i = 0; i < options.size(); i++) {
      String word = options.get(i);
      if ((word.equals("--env") || word.equals("-e")) && i + 1 < options.size()) {
        names.add(options.get(++i).split("=", 2)[0]);
      } else if (word.startsWith("--env=")) {
        names.add(word.substring("--env=".length()).split("=", 2)[0]);
      }
    }
    names.removeIf(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"));
    return names;
  }
}
