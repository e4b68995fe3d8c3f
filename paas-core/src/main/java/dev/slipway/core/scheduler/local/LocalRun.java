package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_REPO;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.POST_CONTAINER_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_POST_RUN;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RUN;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Terminal;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One-off containers. They go when their command ends, and when their caller does. */
public final class LocalRun {
  private static final String PLUGIN = "scheduler-docker-local";
  private static final String SCHEDULER = "docker-local";
  private static final String SHELL = "/bin/bash";
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int NAMES = 32768;

  private final Engine engine;
  private final Triggers triggers;
  private final PropertyStore properties;
  private final RunOptions options;

  public LocalRun(Engine engine, Triggers triggers, PropertyStore properties) {
    this.engine = engine;
    this.triggers = triggers;
    this.properties = properties;
    this.options = new RunOptions(triggers);
  }

  public void register(Handlers handlers) {
    handlers.on(PLUGIN, SCHEDULER_RUN, this::run);
  }

  private void run(Invocation inv) {
    if (!inv.argument(0).equals(SCHEDULER)) {
      return;
    }
    Call call = inv.call();
    int pairs = Integer.parseInt(inv.argument(2));
    RunJob job = job(call, inv.app(1));
    List<String> command = command(inv.from(3 + pairs));
    Optional<String> type = fromProcfile(call, job, command);
    List<String> environment = inv.arguments().subList(3, 3 + pairs);
    ContainerSpec spec =
        new ContainerSpec(
            job.app() + "." + job.name(),
            options.of(call, job, environment, type),
            job.imageName(),
            words(job, command),
            ExportedConfig.merged(triggers, call, job.app()),
            Optional.empty());
    start(call, job, spec);
  }

  /** The words behind the variables, in a list of the caller's own. */
  private static List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(words);
    if (!command.isEmpty() && command.getFirst().equals("--")) {
      command.removeFirst();
    }
    return command;
  }

  private RunJob job(Call call, AppName app) {
    String asked = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    String tag = asked.isEmpty() ? "latest" : asked;
    String repository = triggers.ask(call, DEPLOYED_APP_IMAGE_REPO, app);
    String name = (repository.isEmpty() ? "dokku/" + app : repository) + ":" + tag;
    Optional<Image> image = engine.image(name);
    String stage = image.map(each -> each.labels().getOrDefault(Labels.IMAGE_STAGE, "")).orElse("");
    if (image.isEmpty() || !stage.equals("release")) {
      if (image.isEmpty()) {
        call.out().warn("App image (" + name + ") not found");
      }
      call.out().warn("Invalid image stage detected: expected 'release', got '" + stage + "'");
      call.out().warn("Successfully deploy your app to fix dokku run calls");
      throw UserError.silent(1);
    }
    String kind = isSet(call, "DOKKU_CRON_ID") ? "cron" : "run";
    String number = Integer.toString(ThreadLocalRandom.current().nextInt(NAMES));
    boolean detached = isSet(call, "DOKKU_DETACH_CONTAINER");
    return new RunJob(
        app, kind, kind + "." + number, image.get(), name, tag, tty(call, detached), detached);
  }

  private static boolean isSet(Call call, String variable) {
    return call.variable(variable).filter(value -> !value.isEmpty()).isPresent();
  }

  private static boolean tty(Call call, boolean detached) {
    return isSet(call, "DOKKU_FORCE_TTY")
        || (call.terminal().isPresent() && !isSet(call, "DOKKU_DISABLE_TTY") && !detached);
  }

  /** Puts the command of a process type in place of its name, and says which type that was. */
  private Optional<String> fromProcfile(Call call, RunJob job, List<String> command) {
    if (command.isEmpty() || !ProcessType.isValid(command.getFirst())) {
      return Optional.empty();
    }
    String type = command.getFirst();
    String found = declared(call, job, type);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    call.out().unlessQuiet().step("Found '" + type + "' in Procfile, running that command");
    command.removeFirst();
    command.addAll(0, Arrays.asList(found.split("\\s+")));
    return Optional.of(type);
  }

  /** The command of a type, or the empty text: most first words are programs, not types. */
  private String declared(Call call, RunJob job, String type) {
    try {
      return triggers.ask(call, PROCFILE_GET_COMMAND, job.app(), type).strip();
    } catch (UserError | TriggerFailed notDeclared) {
      return "";
    }
  }

  private List<String> words(RunJob job, List<String> command) {
    List<String> words = new ArrayList<>(command);
    if (words.isEmpty()) {
      words.add(properties.effective("scheduler", job.app(), "shell", SHELL));
    }
    if ("herokuish".equals(job.image().labels().get(Labels.BUILDER_TYPE))) {
      words.addFirst("/exec");
    }
    return words;
  }

  private void start(Call call, RunJob job, ContainerSpec spec) {
    String id = engine.create(spec, call.out()::warn);
    boolean over = false;
    try {
      triggers.fire(call, POST_CONTAINER_CREATE, "app", id, job.app(), job.kind());
      if (job.detached()) {
        engine.start(id);
        over = true;
        call.out().line(spec.name());
        return;
      }
      Optional<Terminal> terminal = job.tty() ? call.terminal() : Optional.empty();
      int status = engine.runAttached(id, call.streams(), true, terminal);
      over = engine.container(id).filter(each -> each.isRunning()).isEmpty();
      triggers.fire(call, SCHEDULER_POST_RUN, SCHEDULER, job.app(), id, status);
      if (status != 0) {
        throw UserError.silent(status);
      }
    } finally {
      if (!over) {
        end(id);
      }
    }
  }

  /** Ends a container that nobody waits for any more; the thread may be interrupted already. */
  private void end(String id) {
    boolean interrupted = Thread.interrupted();
    try {
      engine.stop(id, GRACE);
      engine.remove(id, true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
