package dev.slipway.builder.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.builder.image.HostPlaces;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.text.ShellWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildOptionsTest {
  private static BuildOptions known(String text) {
    return BuildOptions.known(
        ShellWords.split(text, "docker options"),
        new HostPlaces(List.of(Path.of("/home/dokku")), Path.of("/home/dokku/storage")));
  }

  @Test
  void keepsKnownOptionsInBothForms() {
    assertThat(
            known("--build-arg A=1 --build-arg=B --no-cache --target 'x y' -m 1g --memory=2g")
                .words())
        .containsExactly(
            "--build-arg",
            "A=1",
            "--build-arg=B",
            "--no-cache",
            "--target",
            "x y",
            "-m",
            "1g",
            "--memory=2g");
  }

  @Test
  void dropsTheOthersTokenByToken() {
    assertThat(known("-f /etc/passwd --file=x --privileged --pull --build-context a=b").words())
        .isEmpty();
    assertThat(known("--target").words()).isEmpty();
  }

  @Test
  void refusesTheRightsAndTheFoldersOfTheHost() {
    for (String refused :
        List.of(
            "--allow security.insecure",
            "--allow=network.host,security.insecure",
            "--secret id=x,src=/etc/shadow",
            "--secret=id=x,Source=/home/dokku/shop/ENV",
            "--secret 'id=x,\"src=/etc/shadow\"'",
            "--secret id=/etc/shadow",
            "--secret id=x,src=../shop/ENV",
            "--cache-to type=local,dest=/etc",
            "--cache-to=dest=/etc,Type=local")) {
      assertThatThrownBy(() -> known(refused))
          .as(refused)
          .hasMessageStartingWith("A build is not given");
    }
    assertThat(known("--secret id=x,src=/srv/token --secret id=a/b,env=C").words()).hasSize(4);
    assertThat(known("--allow network.host --cache-to type=inline").words()).hasSize(4);
  }

  @Test
  void namesTheVariablesThatOptionsLeaveToTheEnvironment() {
    assertThat(
            known("--build-arg A --build-arg=B --build-arg C=1 --secret id=x,env=D")
                .namedVariables())
        .containsExactly("A", "B", "D");
  }

  @Test
  void passesOnOnlyNamedVariablesAndNoneThatActsOnTheHost() {
    RecordedCall call = new RecordedCall();
    ConfigForBuild config =
        new ConfigForBuild(
            Map.of("A", "a\nb", "OTHER", "x", "LD_PRELOAD", "/x.so", "GIT_REV", "1"));

    assertThat(
            config.valuesFor(
                known("--build-arg A --build-arg LD_PRELOAD --build-arg GIT_REV --build-arg NONE"),
                call.call().out()))
        .isEqualTo(Map.of("A", "a\nb", "GIT_REV", "1"));
    assertThat(call.err())
        .isEqualTo(
            " !     LD_PRELOAD is not passed to the build: it would act on the docker client"
                + " itself\n");
  }

  @Test
  void findsThePortsOfADockerfile() {
    String text =
        "FROM x\r\nEXPOSE 80 81\r\nEXPOSE 443\nEXPOSE 53/udp\n EXPOSE 1\nexpose 2\nEXPOSE $P";

    assertThat(ExposedPorts.ofDockerfile(text))
        .extracting(Object::toString)
        .containsExactly("http:80:80", "https:443:443", "udp:53:53");
    assertThat(ExposedPorts.mappings(List.of("70000/tcp", "5000/tcp")))
        .extracting(Object::toString)
        .containsExactly("http:5000:5000");
  }
}
