package dev.slipway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AsideFilesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void onlyWhatAProcessThatIsGoneLeftIsRemoved() throws IOException {
    Path app = Files.createDirectories(folder.resolve("ps/app"));
    Path left =
        Files.createFile(
            app.resolve(".scale.4194999-0123456789abcdef")); // above the kernel's largest pid
    Path beingWritten = Files.createFile(AsideFiles.beside(app.resolve("scale")));
    Path own = Files.createFile(app.resolve(".hidden.txt"));

    AsideFiles.sweep(folder, 3);

    assertThat(left).doesNotExist();
    assertThat(beingWritten).exists();
    assertThat(own).exists();
  }

  @Test
  void aFolderThatIsNotThereIsFine() {
    AsideFiles.sweep(folder.resolve("nowhere"), 3);
    assertThat(folder).isEmptyDirectory();
  }
}
