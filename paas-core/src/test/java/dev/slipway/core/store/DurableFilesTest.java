package dev.slipway.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFilesTest {
  @TempDir Path folder;
  private DurableFiles files;

  @BeforeEach
  void prepare() {
    files = new DurableFiles(TestRoots.below(folder));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(each -> String.valueOf(each.getFileName())).sorted().toList();
    }
  }

  @Test
  void writesContentModeAndMissingFoldersAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("a/b/ENV");

    files.write(file, "x\n", DurableFiles.PRIVATE);

    assertThat(file).hasContent("x\n");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwxr-xr-x");
    assertThat(names(folder.resolve("a/b"))).containsExactly("ENV");
  }

  @Test
  void setsTheModeOfAFileThatWasThere() throws IOException {
    Path file = folder.resolve("ENV");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    files.write(file, "new", DurableFiles.PRIVATE);

    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void followsALinkSoThatItStays() throws IOException {
    Path real = folder.resolve("real");
    Path link = folder.resolve("link");
    Files.writeString(real, "old");
    Files.createSymbolicLink(link, real);

    files.write(link, "new", DurableFiles.READABLE);

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("new");
  }

  @Test
  void keepsTheOldContentWhenItCannotWrite() throws IOException {
    Path file = folder.resolve("taken");
    Files.createDirectories(file.resolve("inside"));

    assertThatThrownBy(() -> files.write(file, "x", DurableFiles.PRIVATE))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(file.resolve("inside")).isDirectory();
    assertThat(names(folder)).containsExactly("home", "taken");
  }

  @Test
  void isNotDisturbedByWhatACrashLeft() throws IOException {
    Files.writeString(folder.resolve(".ENV.1f2e3d"), "half");

    files.write(folder.resolve("ENV"), "whole", DurableFiles.PRIVATE);

    assertThat(files.read(folder.resolve("ENV"))).contains("whole");
  }

  @Test
  void readsNothingWhereThereIsNoFile() {
    assertThat(files.read(folder.resolve("none"))).isEmpty();
    assertThat(files.lines(folder.resolve("none"))).isEmpty();
  }

  @Test
  void leavesBlankLinesOut() {
    files.write(folder.resolve("VHOST"), "a\n\n  \nb", DurableFiles.READABLE);

    assertThat(files.lines(folder.resolve("VHOST"))).containsExactly("a", "b");
  }

  @Test
  void keepsBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("latin");
    byte[] bytes = {'a', (byte) 0xe9, '\n', (byte) 0xff, (byte) 0xc3, (byte) 0xa9};
    Files.write(file, bytes);

    files.write(folder.resolve("copy"), files.read(file).orElseThrow(), DurableFiles.PRIVATE);

    assertThat(folder.resolve("copy")).hasBinaryContent(bytes);
  }

  @Test
  void losesNoUpdateOfManyAtOnce() throws Exception {
    Path file = folder.resolve("counter");
    int writers = 8;
    int each = 25;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      threads.add(Thread.startVirtualThread(() -> addLines(file, each)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(files.lines(file)).hasSize(writers * each);
  }

  private void addLines(Path file, int count) {
    for (int i = 0; i < count; i++) {
      files.update(file, DurableFiles.PRIVATE, text -> text + "x\n");
    }
  }

  @Test
  void doesNotTouchAFileThatAnUpdateLeavesAsItIs() throws IOException {
    Path file = folder.resolve("same");
    files.write(file, "x", DurableFiles.PRIVATE);
    Object before = Files.getAttribute(file, "unix:ino");

    files.update(file, DurableFiles.PRIVATE, text -> text);

    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void makesAnEmptyFileButRemovesOneWithoutContent() {
    Path file = folder.resolve("list");

    files.update(file, DurableFiles.PRIVATE, text -> "");
    assertThat(file).isEmptyFile();

    files.updateOrDelete(file, DurableFiles.PRIVATE, text -> Optional.empty());
    assertThat(file).doesNotExist();
  }

  @Test
  void removesAFolderButNotWhatItsLinksPointTo() throws IOException {
    Path outside = folder.resolve("outside");
    files.write(outside.resolve("kept"), "x", DurableFiles.READABLE);
    Path inside = folder.resolve("inside");
    Files.createDirectories(inside.resolve("deep"));
    Files.createSymbolicLink(inside.resolve("deep/link"), outside);

    files.deleteTree(inside);
    files.deleteTree(inside);

    assertThat(inside).doesNotExist();
    assertThat(outside.resolve("kept")).exists();
  }
}
