package dev.slipway.core.git.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteUrlTest {
  @Test
  void eachFormTellsItsHostAndPort() {
    assertThat(RemoteUrl.parse("https://git.test/a.git").effectivePort()).isEqualTo(443);
    assertThat(RemoteUrl.parse("http://git.test:3000/a").effectivePort()).isEqualTo(3000);
    assertThat(RemoteUrl.parse("ssh://git@git.test:2222/a").host()).isEqualTo("git.test");
    assertThat(RemoteUrl.parse("git@git.test:team/a.git").host()).isEqualTo("git.test");
    assertThat(RemoteUrl.parse("git@git.test:team/a.git").effectivePort()).isEqualTo(22);
    assertThat(RemoteUrl.parse("http://[2001:db8::1]:80/a").host()).isEqualTo("[2001:db8::1]");
  }

  @Test
  void aLoginIsNotShown() {
    RemoteUrl url = RemoteUrl.parse("https://ann:secret@git.test/a.git");

    assertThat(url).hasToString("https://***@git.test/a.git");
    assertThat(url.text()).contains("secret");
    assertThat(url.login()).contains("ann:secret");
    assertThat(url.withoutLogin()).isEqualTo("https://git.test/a.git");
    assertThat(RemoteUrl.parse("https://token@git.test")).hasToString("https://***@git.test");
    assertThat(RemoteUrl.parse("ssh://git@git.test/a")).hasToString("ssh://git@git.test/a");
    assertThat(RemoteUrl.parse("http://git.test/a@b").login()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "/srv/a",
        "./a",
        "../a",
        "file:///srv/a",
        "ext::sh -c id",
        "ext::sh",
        "fd::0",
        "http::https://git.test/a",
        "-u",
        "--upload-pack=id",
        "-oProxyCommand=id:a",
        "ssh://-oProxyCommand=id/a",
        "git@-oProxyCommand=id:a",
        "git@git.test:-a",
        "ftp://git.test/a",
        "https://git.test/a b",
        "https://git.test/a\nb",
        "https://",
        "https:///a",
        "HTTP://git.test/a"
      })
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> RemoteUrl.parse(text)).isInstanceOf(UserError.class);
  }
}
