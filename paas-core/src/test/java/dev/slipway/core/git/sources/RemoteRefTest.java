package dev.slipway.core.git.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RemoteRefTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final TreeMap<String, String> REFS =
      new TreeMap<>(
          Map.of("refs/heads/main", A, "refs/heads/v1", B, "refs/tags/v1", A, "refs/tags/v2", B));

  @Test
  void branchesComeBeforeTagsAndFullNamesBeforeBoth() {
    assertThat(RemoteRef.find(REFS, "main").branch()).contains("main");
    assertThat(RemoteRef.find(REFS, "v1").commit()).isEqualTo(B);
    assertThat(RemoteRef.find(REFS, "refs/tags/v1").branch()).isEmpty();
    assertThat(RemoteRef.find(REFS, "v2").wanted()).contains("refs/tags/v2");
  }

  @Test
  void aCommitIsAskedForByItsFullIdOnly() {
    assertThat(RemoteRef.find(REFS, "c".repeat(40)).wanted()).contains("c".repeat(40));
    assertThat(RemoteRef.find(REFS, "ccccccc").wanted()).isEmpty();
  }

  @Test
  void whatIsMissingIsSaidWithWhatIsThere() {
    assertThatThrownBy(() -> RemoteRef.find(REFS, "refs/heads/master"))
        .hasMessage(
            "The remote repository has no branch or tag master, its branches are: main, v1");
    assertThatThrownBy(() -> RemoteRef.find(new TreeMap<>(), "HEAD^{/x}"))
        .hasMessage("The remote repository has no branch or tag of that name; it has no branches");
  }
}
