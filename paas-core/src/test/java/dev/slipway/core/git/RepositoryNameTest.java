package dev.slipway.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
  @TempDir Path root;

  private RepositoryName names() {
    return new RepositoryName(new Roots(root, root, root, root, "dokku", "dokku"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "'app'", "/app", "'/app'", "app.git", "'/app.git'"})
  void findsTheApp(String argument) {
    assertThat(names().parse(argument)).hasToString("app");
  }

  @Test
  void prefersAnAppThatIsNamedSo() throws IOException {
    Files.createDirectory(root.resolve("app.git"));

    assertThat(names().parse("'app.git'")).hasToString("app.git");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "''", "/", "'../other'", "'//abs'", "'app/../../x'", "'%2e%2e/x'", "a;id", "'a b'",
            "-rf",
        "--help", ".", "..", "'.git'", "tls/x", ".ssh", "'a\\'b'", "$(id)", "~/app", "APP"
      })
  void refusesWhatIsNoAppsName(String argument) {
    assertThatThrownBy(() -> names().parse(argument)).isInstanceOf(UserError.class);
  }
}
