package dev.slipway.builder.herokuish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The user of an image, the words of options, and the buildpack whose turn it is. */
final class SmallPartsTest {
  @Test
  void theUserIsThatOfTheImageElseTheUsualOne() {
    byte[] passwd = "root:x:0:0::/root:/bin/sh\napp:x:100:200::/app:/bin/sh\nbad\n".getBytes(UTF_8);

    assertThat(AppUser.of("app", passwd)).isEqualTo(new AppUser("app", 100, 200));
    assertThat(AppUser.of("other", passwd).ids()).isEqualTo("32767:32767");
    assertThat(AppUser.of("other", new byte[0]).uid()).isEqualTo(32767);
  }

  @Test
  void optionsAreReadAsTheDockerClientDoes() {
    assertThat(
            DockerOption.all(
                List.of("-eA=b", "--memory", "1g", "--rm", "-v=a:b", "-te", "C", "--label=x=y")))
        .extracting(option -> option.name() + " " + option.value())
        .containsExactly("env A=b", "memory 1g", "rm ", "volume a:b", "tty ", "env C", "label x=y");
    assertThat(DockerOption.all(List.of("--memory"))).hasSize(1);
  }

  @Test
  void theLastBuildpackThatWasNamedIsRemembered() throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    BuildOutput output = new BuildOutput(seen);
    assertThat(output.buildpack()).isEmpty();

    output.write("-----> Fetching custom buildpack acme/x\n-----> ".getBytes(UTF_8));
    assertThat(output.buildpack()).contains("acme/x");
    output.write("Py\u001b[0mthon app detected\n       more\n".getBytes(UTF_8));

    assertThat(output.buildpack()).contains("Python");
    assertThat(seen.toString(UTF_8)).endsWith("       more\n");
  }
}
