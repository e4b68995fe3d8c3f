package dev.slipway.builder.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.git.sources.RemoteUrl;
import dev.slipway.core.testing.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteAccessTest {
  @TempDir private Path home;

  private RemoteAccess.Way to(String url) {
    return new RemoteAccess(home).to(new RecordedCall().call(), RemoteUrl.parse(url));
  }

  @Test
  void aLoginIsNoArgument() {
    RemoteAccess.Way way = to("https://ann:s%40cret+@192.0.2.1/a.git");

    assertThat(way.url()).isEqualTo("https://192.0.2.1/a.git");
    assertThat(String.join(" ", way.settings())).doesNotContain("cret");
    assertThat(way.variables())
        .containsEntry("GIT_CONFIG_COUNT", "1")
        .containsEntry("GIT_CONFIG_KEY_0", "http.extraHeader")
        .containsEntry("GIT_CONFIG_VALUE_0", "Authorization: Basic YW5uOnNAY3JldCs=");
  }

  @Test
  void aTokenAloneIsALogin() {
    assertThat(to("https://token@192.0.2.1/a").variables())
        .containsEntry("GIT_CONFIG_VALUE_0", "Authorization: Basic dG9rZW46");
  }

  @Test
  void aNameInNetrcStaysInTheUrl() throws IOException {
    Files.writeString(home.resolve(".netrc"), "machine 192.0.2.1\nlogin ann\npassword b\n");

    assertThat(to("https://ann@192.0.2.1/a").url()).isEqualTo("https://ann@192.0.2.1/a");
    assertThat(to("https://ann@192.0.2.1/a").variables()).doesNotContainKey("GIT_CONFIG_COUNT");
  }

  @Test
  void withoutALoginNothingIsAdded() {
    assertThat(to("https://192.0.2.1/a@b").url()).isEqualTo("https://192.0.2.1/a@b");
    assertThat(to("ssh://git@192.0.2.1/a").url()).isEqualTo("ssh://git@192.0.2.1/a");
  }
}
