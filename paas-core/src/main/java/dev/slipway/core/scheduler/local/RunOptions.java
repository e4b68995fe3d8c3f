package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The docker options of a one-off container, in their order. Spec: 04 section 10.2. */
final class RunOptions {
  private static final String DEADLINE = "86400";

  private final Triggers triggers;

  RunOptions(Triggers triggers) {
    this.triggers = triggers;
  }

  /**
   * @param environment {@code NAME=VALUE}, quoted as for a shell
   * @param type the process type whose command is run, if it is one
   */
  List<String> of(Call call, RunJob job, List<String> environment, Optional<String> type) {
    String builder = job.image().labels().getOrDefault(Labels.BUILDER_TYPE, "dockerfile");
    String source = builder.equals("herokuish") || builder.equals("pack") ? builder : "dockerfile";
    List<String> options =
        new ArrayList<>(split(triggers.ask(call, DOCKER_ARGS_RUN, job.app(), job.tag())));
    options.add("--env=DYNO=" + job.name());
    environment.forEach(pair -> options.addAll(split("--env=" + pair)));
    options.addAll(labels(call, job, type));
    Arrays.stream(call.variable("DOKKU_GLOBAL_FLAGS").orElse("").split(" "))
        .filter(word -> word.startsWith("--label="))
        .forEach(options::add);
    options.addAll(
        split(triggers.ask(call, DOCKER_ARGS_PROCESS_RUN, job.app(), source, job.tag())));
    options.add("--rm");
    if (job.tty()) {
      options.add("--tty");
    }
    if (!job.detached() || job.tty()) {
      options.add("--interactive");
    }
    return options;
  }

  private static List<String> labels(Call call, RunJob job, Optional<String> type) {
    List<String> labels = new ArrayList<>();
    labels.add(label("com.dokku.container-type", job.kind()));
    labels.add(label(Labels.APP, job.app().value()));
    labels.add(
        label(LocalLabels.DEADLINE, call.variable("DOKKU_RUN_TTL_SECONDS").orElse(DEADLINE)));
    type.ifPresent(name -> labels.add(label("com.dokku.process-type", name)));
    if (job.kind().equals("cron")) {
      labels.add(label("com.dokku.cron-id", call.variable("DOKKU_CRON_ID").orElse("")));
      labels.add(
          label(
              "com.dokku.concurrency-policy",
              call.variable("DOKKU_CONCURRENCY_POLICY").orElse("allow")));
    }
    return labels;
  }

  private static String label(String key, String value) {
    return "--label=" + Labels.with(key, value);
  }

  private static List<String> split(String text) {
    return ShellWords.split(text, "docker options");
  }
}
