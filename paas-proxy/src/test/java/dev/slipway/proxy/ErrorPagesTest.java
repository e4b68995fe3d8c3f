package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.testing.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorPagesTest {
  @Test
  void everyPageIsWholeAndOnlyTheOneOfAnAppThatDoesNotAnswerYetTriesAgain(@TempDir Path folder)
      throws IOException {
    new ErrorPages(folder, new TestInstallation(folder).files).write();

    for (String page : List.of("400", "404", "500", "502")) {
      String text = Files.readString(folder.resolve(page + "-error.html"));
      assertThat(text)
          .startsWith("<!DOCTYPE html>")
          .endsWith("</body>\n</html>\n")
          .doesNotContain("{title}", "{status}", "{text}", "{more}");
      assertThat(text.contains("window.location.reload()")).isEqualTo(page.equals("502"));
    }
    assertThat(folder.resolve("404-error.html"))
        .content()
        .contains("<title>The page you were looking for doesn't exist (404)</title>")
        .contains("<h1>The page you were looking for doesn't exist.</h1>");
  }
}
