package dev.slipway.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"master", "feature/x", "v1.2", "a@b", "x-", "ünicode", "$(id)"})
  void acceptsWhatGitAccepts(String name) {
    assertThat(BranchName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--x",
        "-",
        "a b",
        "a..b",
        ".a",
        "a/.b",
        "a.lock",
        "a/b.lock/c",
        "a/",
        "/a",
        "a//b",
        "a.",
        "@",
        "a@{b",
        "HEAD",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[",
        "a\\b",
        "a\u0007",
        "a\nb"
      })
  void refusesWhatGitRefuses(String name) {
    assertThat(BranchName.isValid(name)).isFalse();
  }
}
