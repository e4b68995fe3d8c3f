package dev.slipway.core.scheduler.local;

import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.scheduler.local.NewContainers.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the journal says of a switch, enough to finish it after a crash. Lists are lines.
 *
 * @param deploy the id on the labels of the new containers
 * @param pid {@code DOKKU_PID} of the call, in the names of files that are pending
 * @param fresh what takes over
 * @param orphans instances that go without successor
 * @param old instance and container id of all that is replaced
 * @param drain how long the old containers may go on
 */
record SwitchFacts(
    String deploy,
    int release,
    String tag,
    String pid,
    Optional<ProcessType> only,
    List<ProcessType> types,
    List<Started> fresh,
    List<Instance> orphans,
    Map<Instance, String> old,
    Duration drain) {
  static final String DEPLOY = "deploy";
  static final String RELEASE = "release";
  static final String ROLLED_BACK = "rolled-back";

  SwitchFacts {
    types = List.copyOf(types);
    fresh = List.copyOf(fresh);
    orphans = List.copyOf(orphans);
    old = Map.copyOf(old);
  }

  static SwitchFacts of(DeployPlan plan, String pid, Collection<Started> fresh) {
    Set<Instance> orphans = new LinkedHashSet<>(plan.old().keySet());
    fresh.forEach(each -> orphans.remove(each.instance()));
    Set<ProcessType> concerned =
        plan.types().stream().map(DeployPlan.TypePlan::type).collect(Collectors.toSet());
    concerned.addAll(plan.skipped());
    orphans.removeIf(each -> !concerned.contains(each.type()));
    return new SwitchFacts(
        plan.id(),
        plan.release(),
        plan.tag(),
        pid,
        plan.only(),
        plan.types().stream().map(DeployPlan.TypePlan::type).toList(),
        List.copyOf(fresh),
        List.copyOf(orphans),
        plan.old(),
        plan.waitToRetire());
  }

  Map<String, String> toFacts() {
    return Map.of(
        DEPLOY,
        deploy,
        RELEASE,
        Integer.toString(release),
        "tag",
        tag,
        "pid",
        pid,
        "only",
        only.map(ProcessType::value).orElse(""),
        "types",
        lines(types),
        "new",
        lines(fresh.stream().map(SwitchFacts::line).toList()),
        "orphans",
        lines(orphans),
        "old",
        lines(old.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList()),
        "wait",
        Long.toString(drain.toSeconds()));
  }

  static SwitchFacts parse(Map<String, String> facts) {
    Map<Instance, String> old = new HashMap<>();
    words(facts, "old").forEach(word -> old.put(instance(word[0]), word[1]));
    List<Started> fresh = new ArrayList<>();
    words(facts, "new").forEach(word -> fresh.add(started(word)));
    String only = facts.getOrDefault("only", "");
    return new SwitchFacts(
        facts.getOrDefault(DEPLOY, ""),
        DeployPlanner.number(facts.getOrDefault(RELEASE, "0"), 0),
        facts.getOrDefault("tag", "latest"),
        facts.getOrDefault("pid", "0"),
        only.isEmpty() ? Optional.empty() : Optional.of(new ProcessType(only)),
        words(facts, "types").stream().map(word -> new ProcessType(word[0])).toList(),
        fresh,
        words(facts, "orphans").stream().map(word -> instance(word[0])).toList(),
        old,
        DeployPlanner.seconds(facts.getOrDefault("wait", "60"), 60));
  }

  private static String line(Started each) {
    return each.instance()
        + " "
        + each.id()
        + " "
        + (each.address().isEmpty() ? "-" : each.address())
        + " "
        + each.port().map(String::valueOf).orElse("-");
  }

  private static Started started(String[] word) {
    return new Started(
        instance(word[0]),
        word[1],
        word[2].equals("-") ? "" : word[2],
        word[3].equals("-") ? Optional.empty() : Optional.of(Integer.valueOf(word[3])));
  }

  static Instance instance(String text) {
    int dot = text.lastIndexOf('.');
    return new Instance(
        new ProcessType(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  private static String lines(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining("\n"));
  }

  private static List<String[]> words(Map<String, String> facts, String key) {
    return facts
        .getOrDefault(key, "")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split(" ", -1))
        .toList();
  }
}
