package dev.slipway.core.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.process.Programs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine sees the same container, whether the mapping made it or the docker client. */
class OptionMappingIT {
  private static final String RUN = "mapping-" + UUID.randomUUID().toString().substring(0, 8);
  private static final DockerSettings SETTINGS = DockerSettings.from(System.getenv(), RUN, false);
  private static final Programs PROGRAMS = new Programs(Optional.empty());
  private static final DockerEngine ENGINE = new DockerEngine(SETTINGS, PROGRAMS);
  private static final Pattern VOLUME = Pattern.compile("[0-9a-f]{64}");

  @AfterAll
  static void sweep() {
    ENGINE
        .containers(List.of(DockerSettings.INSTALLATION + "=" + RUN))
        .forEach(each -> ENGINE.remove(each.id(), true));
    ENGINE.close();
  }

  static Stream<String> options() {
    return Stream.of(
        "",
        "--env=A=b --env PLAIN -e SECOND=2 -eTHIRD=3 --env=A=c",
        "--label=a=b -l c --label d=e=f",
        "-v /tmp:/data:ro --volume /anonymous",
        "--mount type=bind,source=/tmp,target=/m,readonly",
        "--mount type=tmpfs,dst=/t,tmpfs-size=1m",
        "-p 18080:80 -p 127.0.0.1:18081:81/udp --publish 82",
        "--expose 90 --expose 91/udp -P",
        "--network none",
        "--network host",
        "--net bridge",
        "--memory 64m --memory-reservation 32m --memory-swap -1 --memory-swappiness 10",
        "--cpus 0.5 --cpu-shares 512",
        "--cpu-period 50000 --cpu-quota 25000 --cpuset-cpus 0 --pids-limit 50",
        "--ulimit nofile=1024:2048 --ulimit core=0",
        "--cap-add NET_ADMIN --cap-drop=MKNOD --privileged",
        "--privileged=false --init=false",
        "-u 1000:1000 -w /tmp --entrypoint /bin/echo",
        "-h myhost --domainname example.com --add-host db:10.0.0.1",
        "--dns 10.0.0.2 --dns-search example.com --dns-opt ndots:2",
        "--tmpfs /scratch:size=1m --tmpfs /other --shm-size 32m",
        "--restart=on-failure:10",
        "--restart unless-stopped --init",
        "--log-driver json-file --log-opt max-size=10m --log-opt max-file=2",
        "--log-opt=max-size=10m",
        "--security-opt no-new-privileges --security-opt seccomp=unconfined",
        "--device /dev/null:/dev/x:rw --device /dev/zero",
        "--read-only --sysctl net.core.somaxconn=512",
        "--stop-signal INT --stop-timeout 7",
        "-it",
        "--interactive --rm",
        "--platform linux/amd64",
        "--pid host --ipc host --uts host",
        "--group-add 4 --oom-score-adj 100 --cgroup-parent /slipway-test",
        "--health-cmd true --health-interval 30s --health-retries 2 --health-timeout 1m30s",
        "--no-healthcheck");
  }

  @ParameterizedTest
  @MethodSource("options")
  void theEngineSeesTheSameContainer(String text) throws Exception {
    List<String> options =
        text.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(text.split(" ")));
    String name = RUN + "." + UUID.randomUUID();
    ContainerSpec mapped = spec(name + ".api", options);
    assertThat(OptionMapping.draft(mapped)).isNotNull();

    JsonNode byApi = seen(ENGINE.create(mapped));
    JsonNode byClient =
        seen(new ClientCreate(SETTINGS, PROGRAMS).create(spec(name + ".cli", options), w -> {}));

    assertThat(byApi.toPrettyString()).isEqualTo(byClient.toPrettyString());
  }

  private static ContainerSpec spec(String name, List<String> options) {
    return new ContainerSpec(
        name,
        options,
        "slipway/sample-base:bookworm",
        List.of("sleep", "60"),
        Map.of("PLAIN", "from the config"),
        Optional.empty());
  }

  /** What options decide, without what differs between any two containers. */
  private static JsonNode seen(String id) throws Exception {
    JsonNode all = EngineApi.JSON.readTree(ENGINE.inspectJson(id));
    ObjectNode seen = EngineApi.JSON.createObjectNode();
    seen.set("Config", all.path("Config"));
    seen.set("HostConfig", all.path("HostConfig"));
    seen.set("Mounts", all.path("Mounts"));
    sort(seen.at("/Config/Env"));
    sort(seen.at("/HostConfig/Ulimits"));
    if (seen.at("/Config/Hostname").asText().equals(id.substring(0, 12))) {
      ((ObjectNode) seen.path("Config")).put("Hostname", "default");
    }
    ENGINE.remove(id, true);
    String text = VOLUME.matcher(seen.toString()).replaceAll("VOLUME");
    return withoutEmpty(EngineApi.JSON.readTree(text));
  }

  /** The client sends variables and limits in any order. */
  private static void sort(JsonNode list) {
    if (list instanceof ArrayNode array) {
      List<JsonNode> parts = new ArrayList<>();
      array.forEach(parts::add);
      parts.sort(Comparator.comparing(JsonNode::toString));
      array.removeAll().addAll(parts);
    }
  }

  /** The client sends empty lists where the mapping sends nothing; the engine keeps both. */
  private static JsonNode withoutEmpty(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> empty = new ArrayList<>();
      object
          .properties()
          .forEach(
              each -> {
                JsonNode value = withoutEmpty(each.getValue());
                boolean named = each.getValue().isObject() && value.isEmpty();
                if (value.isNull()
                    || (value.isArray() && value.isEmpty())
                    || (named && !each.getKey().contains("/"))) {
                  empty.add(each.getKey());
                }
              });
      object.remove(empty);
      return sorted(object);
    }
    return node;
  }

  private static ObjectNode sorted(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.sort(null);
    names.forEach(name -> object.set(name, object.remove(name)));
    return object;
  }
}
