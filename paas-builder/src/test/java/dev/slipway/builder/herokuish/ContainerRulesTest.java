package dev.slipway.builder.herokuish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.builder.image.HostPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A26: what a container that runs pushed code at build time may not get. */
final class ContainerRulesTest {
  @TempDir private Path folder;
  private ContainerRules rules =
      new ContainerRules(new HostPlaces(List.of(), Path.of("/x")), "cache-blog");

  @BeforeEach
  void prepare() throws IOException {
    Path lib = folder.resolve("lib");
    Path storage = Files.createDirectories(lib.resolve("data/storage"));
    rules = new ContainerRules(new HostPlaces(List.of(lib), storage), "cache-blog");
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> rules.allowed(List.of(words)))
        .as(String.join(" ", words))
        .hasMessageStartingWith("A build container is not given");
  }

  @Test
  void moreRightsThanUsualAreRefused() {
    refused("--privileged");
    refused("--privileged=true");
    refused("--cap-add=SYS_ADMIN");
    refused("--cap-add", "ALL");
    refused("--device", "/dev/kmsg");
    refused("--pid=host");
    refused("--userns", "host");
    refused("--security-opt", "seccomp=unconfined");
    refused("--security-opt=apparmor=unconfined");
    refused("--volumes-from", "other");
    refused("--network=container:other");
    refused("-it", "--privileged");
    refused("--env-file", "/etc/shadow");
    refused("--label-file=/etc/shadow");
    refused("--use-api-socket");
  }

  @Test
  void placesOfTheHostAreRefusedHoweverTheyAreWritten() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
    refused("-v", "/:/host");
    refused("-v/etc:/e");
    refused("-v=/var/run/docker.sock:/s");
    refused("--volume=/run/docker.sock:/s:ro");
    refused("--volume", "/var:/v");
    refused("--volume", "/tmp/../etc:/e");
    refused("--volume", link + ":/e");
    refused("--volume", folder.resolve("lib") + ":/l");
    refused("--volume", folder.resolve("lib/config/blog") + ":/l");
    refused("--mount", "type=bind,source=/etc,target=/e");
    refused("--mount=type=bind,src=/proc,dst=/p");
    refused("--mount", "type=bind,SRC=/etc,target=/e");
    refused("--mount", "type=bind,\"source=/etc\",target=/e");
    refused("--mount", "\"type=bind\",\"src=/srv/../etc\",dst=/e");
    refused("--mount", "type=bind,source=.,target=/e");
    refused("--mount", "type=volume,source=x,target=/e,volume-opt=device=/etc,volume-opt=o=bind");
    refused("--mount", "type=volume,source=x,target=/e,Volume-Driver=local");
    refused("--volume-driver=local");
    refused("--volume", "cache-shop:/other");
    refused("--volume", "/tmp/engine.sock:/s");
    refused("-tv", "/etc:/e");
    refused("-tv", "/srv:/s");
  }

  @Test
  void whatIsHarmlessPasses() {
    Path storage = folder.resolve("lib/data/storage/blog");
    List<String> fine =
        List.of(
            "--env=A=b",
            "-e",
            "C",
            "--memory=1g",
            "-v",
            "/srv/shared:/s",
            "--volume",
            "named:/n",
            "--volume",
            storage + ":/storage",
            "--network=host",
            "--add-host",
            "a:1.2.3.4",
            "--security-opt=no-new-privileges",
            "--volume",
            "cache-blog:/cache2");

    assertThat(rules.allowed(fine)).isEqualTo(fine);
  }

  @Test
  void whatWouldBreakTheBuildIsLeftOut() {
    assertThat(rules.allowed(List.of("--rm", "-it", "--name", "x", "--env=A=b", "-p", "80:80")))
        .containsExactly("--env=A=b");
  }
}
