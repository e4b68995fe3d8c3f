package dev.slipway.core.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.engine.Image;
import dev.slipway.core.error.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskCommandTest {
  private static final String START =
      "set -e\nif (set -o pipefail) 2>/dev/null; then set -o pipefail; fi\n";

  private static Image image(String... entrypoint) {
    return new Image(
        "sha256:1",
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(entrypoint),
        List.of(),
        "",
        "amd64");
  }

  private static List<String> words(String command, Image image, SourceType source) {
    return TaskCommand.words(command, image, source, "/bin/sh", false);
  }

  @Test
  void anImageWithoutEntryPointRunsTheCommandInTheAppsShell() {
    assertThat(words("migrate | tee log", image(), SourceType.DOCKERFILE))
        .containsExactly("/bin/sh", "-c", START + "migrate | tee log\n");
  }

  @Test
  void anInitAsEntryPointIsNone() {
    assertThat(words("a", image("/usr/bin/tini", "--"), SourceType.DOCKERFILE))
        .startsWith("/bin/sh");
  }

  @Test
  void anEntryPointGetsTheWordsOfTheCommand() {
    assertThat(words("do 'this one' $HOME; x", image("/run"), SourceType.DOCKERFILE))
        .containsExactly("do", "this one", "$HOME;", "x");
  }

  @Test
  void aQuoteWithoutEndIsRefusedWhereWordsAreNeeded() {
    assertThatThrownBy(() -> words("do 'this", image("/run"), SourceType.DOCKERFILE))
        .isInstanceOf(UserError.class);
  }

  @Test
  void entryPointsOfBuildpackImagesAreNotLookedAt() {
    assertThat(words("a", image("/cnb/process/web"), SourceType.CNB)).startsWith("/bin/sh");
    assertThat(words("a", image("/x"), SourceType.HEROKUISH).getLast())
        .startsWith(START + "export HOME=/app\ncd /app\n")
        .endsWith("done\na\n");
  }

  @Test
  void aProgramNamedByItsPathIsLookedForFirst() {
    assertThat(TaskCommand.script("/app/it's --fast && x", SourceType.DOCKERFILE, false))
        .isEqualTo(
            START
                + "if [ ! -x '/app/it'\\''s' ]; then"
                + " echo 'specified binary is not executable' >&2; exit 1; fi\n"
                + "/app/it's --fast && x\n");
  }

  @Test
  void aTraceShowsEachCommand() {
    assertThat(TaskCommand.script("a", SourceType.DOCKERFILE, true)).startsWith("set -e\nset -x\n");
  }
}
