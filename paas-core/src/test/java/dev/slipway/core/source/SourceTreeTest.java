package dev.slipway.core.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTreeTest {
  @TempDir Path folder;
  private SourceTree tree = new SourceTree(Path.of("/"));

  @BeforeEach
  void makeATreeBesideASecret() throws IOException {
    Files.writeString(folder.resolve("secret"), "secret");
    Path root = Files.createDirectory(folder.resolve("tree"));
    Files.createDirectory(root.resolve("sub"));
    Files.writeString(root.resolve("sub/file"), "text");
    Files.createSymbolicLink(root.resolve("inside"), Path.of("sub/file"));
    Files.createSymbolicLink(root.resolve("outside"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("parent"), Path.of(".."));
    tree = new SourceTree(root);
  }

  @Test
  void readsAFileAndALinkThatStaysInside() {
    assertThat(tree.read("sub/file", 10)).hasValue("text".getBytes(UTF_8));
    assertThat(tree.read("inside", 10)).hasValue("text".getBytes(UTF_8));
    assertThat(tree.read("none", 10)).isEmpty();
    assertThat(tree.read("sub", 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"outside", "parent/secret", "../secret", "/etc/passwd", "sub/../../secret"})
  void refusesWhatLeadsOut(String path) {
    assertThatThrownBy(() -> tree.read(path, 10)).isInstanceOf(UserError.class);
  }

  @Test
  void refusesAFileOverTheLimit() {
    assertThatThrownBy(() -> tree.read("sub/file", 3))
        .hasMessage("sub/file is larger than 3 bytes");
  }

  @Test
  void replacesALinkInsteadOfWritingThroughIt() throws IOException {
    tree.write("outside", "new".getBytes(UTF_8));

    assertThat(folder.resolve("secret")).hasContent("secret");
    assertThat(folder.resolve("tree/outside")).hasContent("new");
  }
}
