package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_REPO;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;
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
import dev.slipway.core.text.ShellWords;
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
  private static final String DEADLINE = "86400";
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int NAMES = 32768;

  private final Engine engine;
  private final Triggers triggers;
  private final PropertyStore properties;

  public LocalRun(Engine engine, Triggers triggers, PropertyStore properties) {
    this.engine = engine;
    this.triggers = triggers;
    this.properties = properties;
  }

  public void register(Handlers handlers) {
    handlers.on(PLUGIN, SCHEDULER_RUN, this::run);
  }

  /** What is to be run, once everything about it is known. */
  private record Job(
      AppName app, String kind, String name, Image image, String imageName, String tag) {}

  private void run(Invocation inv) {
    if (!inv.argument(0).equals(SCHEDULER)) {
      return;
    }
    Call call = inv.call();
    int pairs = Integer.parseInt(inv.argument(2));
    List<String> environment = inv.arguments().subList(3, 3 + pairs);
    List<String> command = new ArrayList<>(inv.from(3 + pairs));
    if (!command.isEmpty() && command.getFirst().equals("--")) {
      command.removeFirst();
    }
    Job job = job(call, inv.app(1));
    Optional<String> procfile = fromProcfile(call, job, command);
    boolean tty = tty(call);
    boolean detached = isSet(call, "DOKKU_DETACH_CONTAINER");
    List<String> options = options(call, job, environment, procfile);
    options.add("--rm");
    if (tty) {
      options.add("--tty");
    }
    if (!detached || tty) {
      options.add("--interactive");
    }
    ContainerSpec spec =
        new ContainerSpec(
            job.app + "." + job.name,
            options,
            job.imageName,
            words(job, command),
            ExportedConfig.merged(triggers, call, job.app),
            Optional.empty());
    String id = engine.create(spec, call.out()::warn);
    start(call, job, spec, id, tty, detached);
  }

  private Job job(Call call, AppName app) {
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
    return new Job(app, kind, kind + "." + number, image.get(), name, tag);
  }

  private static boolean isSet(Call call, String variable) {
    return call.variable(variable).filter(value -> !value.isEmpty()).isPresent();
  }

  private static boolean tty(Call call) {
    if (isSet(call, "DOKKU_FORCE_TTY")) {
      return true;
    }
    return call.terminal().isPresent()
        && !isSet(call, "DOKKU_DISABLE_TTY")
        && !isSet(call, "DOKKU_DETACH_CONTAINER");
  }

  /** Puts the command of a process type in place of its name, and says which type that was. */
  private Optional<String> fromProcfile(Call call, Job job, List<String> command) {
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
  private String declared(Call call, Job job, String type) {
    try {
      return triggers.ask(call, PROCFILE_GET_COMMAND, job.app, type).strip();
    } catch (UserError | TriggerFailed notDeclared) {
      return "";
    }
  }

  private List<String> words(Job job, List<String> command) {
    List<String> words = new ArrayList<>(command);
    if (words.isEmpty()) {
      words.add(properties.effective("scheduler", job.app, "shell", SHELL));
    }
    if ("herokuish".equals(job.image.labels().get(Labels.BUILDER_TYPE))) {
      words.addFirst("/exec");
    }
    return words;
  }

  private List<String> options(
      Call call, Job job, List<String> environment, Optional<String> procfile) {
    String builder = job.image.labels().getOrDefault(Labels.BUILDER_TYPE, "dockerfile");
    String source = builder.equals("herokuish") || builder.equals("pack") ? builder : "dockerfile";
    List<String> options =
        new ArrayList<>(split(triggers.ask(call, DOCKER_ARGS_RUN, job.app, job.tag)));
    options.add("--env=DYNO=" + job.name);
    environment.forEach(pair -> options.addAll(split("--env=" + pair)));
    options.add(label("com.dokku.container-type", job.kind));
    options.add(label(Labels.APP, job.app.value()));
    options.add(
        label(
            "com.dokku.active-deadline-seconds",
            call.variable("DOKKU_RUN_TTL_SECONDS").orElse(DEADLINE)));
    procfile.ifPresent(type -> options.add(label("com.dokku.process-type", type)));
    if (job.kind.equals("cron")) {
      options.add(label("com.dokku.cron-id", call.variable("DOKKU_CRON_ID").orElse("")));
      options.add(
          label(
              "com.dokku.concurrency-policy",
              call.variable("DOKKU_CONCURRENCY_POLICY").orElse("allow")));
    }
    Arrays.stream(call.variable("DOKKU_GLOBAL_FLAGS").orElse("").split(" "))
        .filter(word -> word.startsWith("--label="))
        .forEach(options::add);
    options.addAll(split(triggers.ask(call, DOCKER_ARGS_PROCESS_RUN, job.app, source, job.tag)));
    return options;
  }

  private static String label(String key, String value) {
    return "--label=" + Labels.with(key, value);
  }

  private static List<String> split(String text) {
    return ShellWords.split(text, "docker options");
  }

  private void start(
      Call call, Job job, ContainerSpec spec, String id, boolean tty, boolean detached) {
    boolean over = false;
    try {
      triggers.fire(call, POST_CONTAINER_CREATE, "app", id, job.app, job.kind);
      if (detached) {
        engine.start(id);
        over = true;
        call.out().line(spec.name());
        return;
      }
      Optional<Terminal> terminal = tty ? call.terminal() : Optional.empty();
      int status = engine.runAttached(id, call.streams(), true, terminal);
      over = engine.container(id).filter(each -> each.isRunning()).isEmpty();
      triggers.fire(call, SCHEDULER_POST_RUN, SCHEDULER, job.app, id, status);
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
