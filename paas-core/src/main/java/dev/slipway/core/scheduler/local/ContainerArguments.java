package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.scheduler.local.DeployPlan.TypePlan;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The words with which a container is made, in the order of spec 04 section 5.5. */
final class ContainerArguments {
  private static final String LINUX_AMD64 = "linux/amd64";
  private static final int NAMES = 32768;

  private final Triggers triggers;
  private final Engine engine;
  private final InstallationId installation;

  ContainerArguments(Triggers triggers, Engine engine, InstallationId installation) {
    this.triggers = triggers;
    this.engine = engine;
    this.installation = installation;
  }

  /** The option words that plugins give for a type, for warnings about the whole of it. */
  List<String> ofType(Call call, DeployPlan plan, TypePlan type) {
    List<String> words = new ArrayList<>();
    words.addAll(ask(call, plan, type.type().value()));
    words.addAll(askProcess(call, plan, type.type().value()));
    return words;
  }

  ContainerSpec of(
      Call call, DeployPlan plan, TypePlan type, Instance instance, Optional<String> address) {
    String proc = instance.type().value();
    String index = Integer.toString(instance.index());
    List<String> options = new ArrayList<>(ask(call, plan, proc, index));
    options.add(label(LocalLabels.PROCESS_TYPE, proc));
    options.add(label(LocalLabels.DYNO, instance.toString()));
    options.add("--env=DYNO=" + instance);
    if (plan.init()) {
      options.add("--init");
    }
    options.add(label(Labels.APP, plan.app().value()));
    options.add(label(LocalLabels.CONTAINER_TYPE, "deploy"));
    options.add("--label=" + Labels.SCHEMA_VERSION);
    options.add("--label=" + Labels.VENDOR);
    options.add("--label=" + Labels.DOKKU);
    options.addAll(askProcess(call, plan, proc, index));
    if (call.trace()) {
      options.add("--env=TRACE=true");
    }
    if (instance.type().isWeb() && plan.bindAllInterfaces()) {
      options.addAll(published(plan));
    }
    options.add("--env=PORT=" + plan.portOf(instance.type()).map(String::valueOf).orElse(""));
    platform(call, plan).ifPresent(platform -> options.add("--platform=" + platform));
    options.addAll(identity(plan, address));
    return new ContainerSpec(
        upcomingName(plan, instance),
        options,
        plan.imageName(),
        type.command(),
        plan.config(),
        address);
  }

  /** Last, since images and options may carry labels of these names too, and the last one wins. */
  private List<String> identity(DeployPlan plan, Optional<String> address) {
    List<String> labels = new ArrayList<>();
    labels.add(label(Labels.INSTALLATION, installation.value()));
    labels.add(label(LocalLabels.RELEASE, Integer.toString(plan.release())));
    labels.add(label(Labels.BUILD, plan.image().labels().getOrDefault(Labels.BUILD, "")));
    labels.add(label(LocalLabels.DEPLOY, plan.id()));
    labels.add(label(LocalLabels.ROUTE_ADDRESS, address.orElse("")));
    return labels;
  }

  private static String label(String key, String value) {
    return "--label=" + Labels.with(key, value);
  }

  private List<String> ask(Call call, DeployPlan plan, String... instance) {
    List<Object> arguments = new ArrayList<>(List.of(plan.app(), plan.tag()));
    arguments.addAll(List.of(instance));
    return ShellWords.split(
        triggers.ask(call, DOCKER_ARGS_DEPLOY, arguments.toArray()), "docker options");
  }

  private List<String> askProcess(Call call, DeployPlan plan, String... instance) {
    List<Object> arguments = new ArrayList<>(List.of(plan.app(), plan.sourceType(), plan.tag()));
    arguments.addAll(List.of(instance));
    return ShellWords.split(
        triggers.ask(call, DOCKER_ARGS_PROCESS_DEPLOY, arguments.toArray()), "docker options");
  }

  private static List<String> published(DeployPlan plan) {
    List<String> words = new ArrayList<>();
    plan.ports().stream()
        .map(PortMapping::parse)
        .map(PortMapping::containerPort)
        .distinct()
        .forEach(port -> words.addAll(List.of("-p", port.toString())));
    return words;
  }

  private Optional<String> platform(Call call, DeployPlan plan) {
    String host = engine.info().getOrDefault("architecture", "");
    boolean foreign =
        plan.image().architecture().equals("amd64")
            && !host.isEmpty()
            && !host.equals("x86_64")
            && !host.equals("amd64");
    if (foreign) {
      call.out().warn("Detected linux/amd64 image, forcing --platform=linux/amd64");
    }
    return foreign ? Optional.of(LINUX_AMD64) : Optional.empty();
  }

  private static String upcomingName(DeployPlan plan, Instance instance) {
    return plan.app() + "." + instance + ".upcoming-" + ThreadLocalRandom.current().nextInt(NAMES);
  }
}
