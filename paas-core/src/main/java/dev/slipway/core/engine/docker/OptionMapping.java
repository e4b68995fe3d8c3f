package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.docker.OptionWords.Option;
import dev.slipway.core.engine.docker.OptionWords.Unmapped;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each option of {@code docker container create} means in the API. An option or a value that
 * is not known here makes the whole container go to the docker client, which then also says what is
 * wrong with it.
 */
final class OptionMapping {
  @FunctionalInterface
  private interface Effect {
    void apply(Draft draft, String value) throws Unmapped;
  }

  private static final Map<String, Effect> EFFECTS = new HashMap<>();

  static {
    identity();
    resources();
    surroundings();
    privileges();
    network();
    health();
  }

  private OptionMapping() {}

  static boolean knows(String option) {
    return EFFECTS.containsKey(option);
  }

  /**
   * @throws Unmapped if the docker client has to make this one
   */
  static Draft draft(ContainerSpec spec) throws Unmapped {
    Draft draft = new Draft(spec.environment());
    for (Option option : OptionWords.parse(spec.options())) {
      Effect effect = EFFECTS.get(option.name());
      if (effect == null) {
        throw new Unmapped("--" + option.name());
      }
      effect.apply(draft, option.value());
    }
    draft.config.put("Image", spec.image());
    if (!spec.command().isEmpty()) {
      spec.command().forEach(draft.config.putArray("Cmd")::add);
    }
    return draft;
  }

  private static void identity() {
    EFFECTS.put("name", (draft, value) -> {});
    EFFECTS.put("platform", (draft, value) -> draft.platform = value);
    EFFECTS.put("env", OptionMapping::variable);
    EFFECTS.put("label", (draft, value) -> pair(draft.config.withObjectProperty("Labels"), value));
    text("user", "User");
    text("workdir", "WorkingDir");
    text("hostname", "Hostname");
    text("domainname", "Domainname");
    text("stop-signal", "StopSignal");
    EFFECTS.put(
        "stop-timeout", (draft, value) -> draft.config.put("StopTimeout", Units.whole(value)));
    EFFECTS.put("entrypoint", (draft, value) -> draft.config.putArray("Entrypoint").add(value));
    EFFECTS.put("tty", (draft, value) -> draft.config.put("Tty", value.equals("true")));
    EFFECTS.put(
        "interactive",
        (draft, value) -> {
          boolean open = value.equals("true");
          draft.config.put("OpenStdin", open).put("StdinOnce", open).put("AttachStdin", open);
        });
    EFFECTS.put("restart", OptionMapping::restart);
    hostSwitch("rm", "AutoRemove");
    hostSwitch("init", "Init");
  }

  /** A variable that is named twice has the later value, at the place of the former. */
  private static void variable(Draft draft, String value) {
    String key = value.split("=", 2)[0];
    String known = draft.environment.get(value);
    String entry = value.contains("=") || known == null ? value : value + "=" + known;
    ArrayNode list = draft.list("Env");
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).asText().split("=", 2)[0].equals(key)) {
        list.set(i, TextNode.valueOf(entry));
        return;
      }
    }
    list.add(entry);
  }

  private static void pair(ObjectNode to, String value) {
    int equals = value.indexOf('=');
    if (equals < 0) {
      to.put(value, "");
    } else {
      to.put(value.substring(0, equals), value.substring(equals + 1));
    }
  }

  private static void restart(Draft draft, String value) throws Unmapped {
    String[] parts = value.split(":", 2);
    draft.restart(parts[0], parts.length < 2 ? 0 : (int) Units.whole(parts[1]));
  }

  private static void resources() {
    size("memory", "Memory");
    size("memory-reservation", "MemoryReservation");
    size("shm-size", "ShmSize");
    EFFECTS.put(
        "memory-swap",
        (draft, value) ->
            draft.host.put("MemorySwap", value.equals("-1") ? -1 : Units.bytes(value)));
    number("memory-swappiness", "MemorySwappiness");
    number("cpu-shares", "CpuShares");
    number("cpu-period", "CpuPeriod");
    number("cpu-quota", "CpuQuota");
    number("blkio-weight", "BlkioWeight");
    number("pids-limit", "PidsLimit");
    number("oom-score-adj", "OomScoreAdj");
    hostText("cpuset-cpus", "CpusetCpus");
    hostText("cpuset-mems", "CpusetMems");
    hostSwitch("oom-kill-disable", "OomKillDisable");
    EFFECTS.put("cpus", (draft, value) -> draft.host.put("NanoCpus", Units.nanoCpus(value)));
    EFFECTS.put("ulimit", OptionMapping::ulimit);
  }

  private static void ulimit(Draft draft, String value) throws Unmapped {
    Matcher limit = Pattern.compile("([a-z]+)=(-?[0-9]+)(?::(-?[0-9]+))?").matcher(value);
    if (!limit.matches()) {
      throw new Unmapped(value);
    }
    String hard = limit.group(3) == null ? limit.group(2) : limit.group(3);
    draft
        .hostList("Ulimits")
        .addObject()
        .put("Name", limit.group(1))
        .put("Soft", Units.whole(limit.group(2)))
        .put("Hard", Units.whole(hard));
  }

  private static void surroundings() {
    EFFECTS.put("volume", MountOptions::volume);
    EFFECTS.put("mount", MountOptions::mount);
    EFFECTS.put(
        "tmpfs",
        (draft, value) -> {
          String[] parts = value.split(":", 2);
          draft.host.withObjectProperty("Tmpfs").put(parts[0], parts.length < 2 ? "" : parts[1]);
        });
    hostEach("volumes-from", "VolumesFrom");
    hostText("volume-driver", "VolumeDriver");
    hostSwitch("read-only", "ReadonlyRootfs");
    hostText("cgroup-parent", "CgroupParent");
    hostText("runtime", "Runtime");
    EFFECTS.put("log-driver", (draft, value) -> draft.logging().put("Type", value));
    EFFECTS.put(
        "log-opt", (draft, value) -> pair(draft.logging().withObjectProperty("Config"), value));
    EFFECTS.put(
        "storage-opt", (draft, value) -> pair(draft.host.withObjectProperty("StorageOpt"), value));
    EFFECTS.put("sysctl", (draft, value) -> pair(draft.host.withObjectProperty("Sysctls"), value));
  }

  private static void privileges() {
    hostEach("cap-add", "CapAdd");
    hostEach("cap-drop", "CapDrop");
    hostEach("group-add", "GroupAdd");
    hostSwitch("privileged", "Privileged");
    hostText("pid", "PidMode");
    hostText("ipc", "IpcMode");
    hostText("uts", "UTSMode");
    hostText("userns", "UsernsMode");
    hostText("cgroupns", "CgroupnsMode");
    EFFECTS.put("security-opt", OptionMapping::securityOption);
    EFFECTS.put("device", OptionMapping::device);
  }

  private static void securityOption(Draft draft, String value) throws Unmapped {
    boolean needsClient =
        value.startsWith("systempaths")
            || (value.startsWith("seccomp") && !value.equals("seccomp=unconfined"));
    if (needsClient) {
      throw new Unmapped(value);
    }
    draft.hostList("SecurityOpt").add(value);
  }

  private static void device(Draft draft, String value) throws Unmapped {
    Matcher device = Pattern.compile("(/[^:]+)(?::(/[^:]+))?(?::([rwm]{1,3}))?").matcher(value);
    if (!device.matches()) {
      throw new Unmapped(value);
    }
    draft
        .hostList("Devices")
        .addObject()
        .put("PathOnHost", device.group(1))
        .put("PathInContainer", device.group(2) == null ? device.group(1) : device.group(2))
        .put("CgroupPermissions", device.group(3) == null ? "rwm" : device.group(3));
  }

  private static void network() {
    EFFECTS.put("network", NetworkOptions::join);
    EFFECTS.put("network-alias", (draft, value) -> draft.aliases.add(value));
    EFFECTS.put("ip", (draft, value) -> draft.address = value);
    EFFECTS.put("ip6", (draft, value) -> draft.address6 = value);
    hostEach("link", "Links");
    hostEach("add-host", "ExtraHosts");
    hostEach("dns", "Dns");
    hostEach("dns-search", "DnsSearch");
    hostEach("dns-option", "DnsOptions");
    hostSwitch("publish-all", "PublishAllPorts");
    EFFECTS.put("publish", NetworkOptions::publish);
    EFFECTS.put("expose", NetworkOptions::expose);
  }

  private static void health() {
    EFFECTS.put(
        "health-cmd",
        (draft, value) -> draft.health().putArray("Test").add("CMD-SHELL").add(value));
    EFFECTS.put(
        "no-healthcheck",
        (draft, value) -> {
          if (value.equals("true")) {
            draft.health().putArray("Test").add("NONE");
          }
        });
    EFFECTS.put(
        "health-retries", (draft, value) -> draft.health().put("Retries", Units.whole(value)));
    for (Map.Entry<String, String> each :
        Map.of(
                "health-interval", "Interval",
                "health-timeout", "Timeout",
                "health-start-period", "StartPeriod")
            .entrySet()) {
      EFFECTS.put(
          each.getKey(),
          (draft, value) -> draft.health().put(each.getValue(), Units.nanoseconds(value)));
    }
  }

  private static void text(String option, String key) {
    EFFECTS.put(option, (draft, value) -> draft.config.put(key, value));
  }

  private static void hostText(String option, String key) {
    EFFECTS.put(option, (draft, value) -> draft.host.put(key, value));
  }

  private static void hostEach(String option, String key) {
    EFFECTS.put(option, (draft, value) -> draft.hostList(key).add(value));
  }

  private static void hostSwitch(String option, String key) {
    EFFECTS.put(option, (draft, value) -> draft.host.put(key, value.equals("true")));
  }

  private static void size(String option, String key) {
    EFFECTS.put(option, (draft, value) -> draft.host.put(key, Units.bytes(value)));
  }

  private static void number(String option, String key) {
    EFFECTS.put(option, (draft, value) -> draft.host.put(key, Units.whole(value)));
  }
}
