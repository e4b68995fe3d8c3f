package dev.slipway.builder.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.git.sources.ArchiveType;
import dev.slipway.core.git.sources.Archives.Contents;
import dev.slipway.core.git.sources.Archives.Limits;
import dev.slipway.core.git.sources.RejectedArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that an enemy made. Attack A18. */
final class SafeArchivesTest {
  private static final Limits LIMITS = new Limits(1000, 1 << 20);

  @TempDir private Path folder;

  private Path archive;
  private Path jail;

  private final SafeArchives archives = new SafeArchives();

  @BeforeEach
  void prepare() throws IOException {
    archive = folder.resolve("archive");
    jail = Files.createDirectory(folder.resolve("jail"));
    Files.writeString(folder.resolve("outside"), "untouched");
  }

  @FunctionalInterface
  private interface Filling<T> {
    void into(T out) throws IOException;
  }

  private void tar(Filling<TarArchiveOutputStream> filling) throws IOException {
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(Files.newOutputStream(archive), UTF_8.name())) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      filling.into(out);
    }
  }

  private static void file(TarArchiveOutputStream out, String name, String text)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(text.getBytes(UTF_8).length);
    out.putArchiveEntry(entry);
    out.write(text.getBytes(UTF_8));
    out.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream out, String name, byte kind, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
  }

  private void zip(Filling<ZipArchiveOutputStream> filling) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(archive.toFile())) {
      filling.into(out);
    }
  }

  private static void file(ZipArchiveOutputStream out, String name, String text, int mode)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    out.putArchiveEntry(entry);
    out.write(text.getBytes(UTF_8));
    out.closeArchiveEntry();
  }

  private void unpack(ArchiveType type, int strip) {
    archives.check(archive, type, LIMITS);
    archives.unpack(archive, type, strip, jail, LIMITS);
  }

  private void refused(ArchiveType type, String event) {
    assertThatThrownBy(() -> archives.check(archive, type, LIMITS))
        .isInstanceOf(RejectedArchive.class)
        .extracting(e -> ((RejectedArchive) e).event())
        .isEqualTo(event);
    assertThatThrownBy(() -> archives.unpack(archive, type, 0, jail, LIMITS))
        .isInstanceOf(RejectedArchive.class);
    assertNothingOutside();
  }

  private void assertNothingOutside() {
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("archive", "jail", "outside");
      assertThat(folder.resolve("outside")).hasContent("untouched");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void filesFoldersAndLinksComeOutAsTheyWere() throws IOException {
    tar(
        out -> {
          file(out, "app/run.sh", "hello");
          TarArchiveEntry script = new TarArchiveEntry("app/setuid.sh", true);
          script.setMode(06755);
          script.setSize(1);
          out.putArchiveEntry(script);
          out.write('x');
          out.closeArchiveEntry();
          link(out, "app/link", TarConstants.LF_SYMLINK, "run.sh");
          link(out, "app/hard", TarConstants.LF_LINK, "app/run.sh");
        });

    Contents contents = archives.check(archive, ArchiveType.TAR, LIMITS);
    archives.unpack(archive, ArchiveType.TAR, 1, jail, LIMITS);

    assertThat(contents).isEqualTo(new Contents(4, "app/"));
    assertThat(jail.resolve("run.sh")).hasContent("hello");
    assertThat(jail.resolve("hard")).hasContent("hello");
    assertThat(Files.readSymbolicLink(jail.resolve("link"))).hasToString("run.sh");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(jail.resolve("setuid.sh"))))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void namesThatLeadOutAreRefused() throws IOException {
    for (String name : List.of("/etc/x", "//etc/x")) {
      tar(out -> file(out, name, "x"));
      refused(ArchiveType.TAR, "rejected_absolute_path");
      zip(out -> file(out, name, "x", 0100644));
      refused(ArchiveType.ZIP, "rejected_unsafe_zip_path");
    }
    for (String name : List.of("../outside", "a/../../outside", "a/..", "..")) {
      tar(out -> file(out, name, "x"));
      refused(ArchiveType.TAR, "rejected_path_traversal");
      zip(out -> file(out, name, "x", 0100644));
      refused(ArchiveType.ZIP, "rejected_unsafe_zip_path");
    }
    zip(out -> file(out, "..\\outside", "x", 0100644));
    refused(ArchiveType.ZIP, "rejected_unsafe_zip_path");
  }

  @Test
  void linksThatLeadOutAreRefused() throws IOException {
    for (String target : List.of("/etc", "../outside", "a/../../outside")) {
      tar(out -> link(out, "link", TarConstants.LF_SYMLINK, target));
      refused(ArchiveType.TAR, "rejected_unsafe_symlink");
      zip(out -> file(out, "link", target, 0120777));
      refused(ArchiveType.ZIP, "rejected_unsafe_symlink");
    }
    tar(out -> link(out, "hard", TarConstants.LF_LINK, "/etc/passwd"));
    refused(ArchiveType.TAR, "rejected_absolute_path");
    tar(out -> link(out, "hard", TarConstants.LF_LINK, "../outside"));
    refused(ArchiveType.TAR, "rejected_path_traversal");
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    tar(
        out -> {
          link(out, "there", TarConstants.LF_SYMLINK, "elsewhere");
          file(out, "there/file", "x");
          file(out, "elsewhere/own", "y");
        });

    unpack(ArchiveType.TAR, 0);

    assertThat(Files.isDirectory(jail.resolve("there"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(jail.resolve("elsewhere/file")).doesNotExist();
  }

  @Test
  void linksToNothingAndHardLinksToLinksAreRefused() throws IOException {
    tar(out -> link(out, "link", TarConstants.LF_SYMLINK, "missing"));
    assertThatThrownBy(() -> unpack(ArchiveType.TAR, 0))
        .hasMessage("Archive contains symlinks pointing outside extraction directory");
    tar(
        out -> {
          link(out, "a", TarConstants.LF_SYMLINK, "b");
          link(out, "c", TarConstants.LF_LINK, "a");
        });
    assertThatThrownBy(() -> unpack(ArchiveType.TAR, 0))
        .hasMessage("Archive contains hard links to files that are not in it");
  }

  @Test
  void devicesAreRefused() throws IOException {
    for (byte kind : new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO}) {
      tar(out -> link(out, "special", kind, ""));
      refused(ArchiveType.TAR, "rejected_special_file");
    }
  }

  @Test
  void theLaterOfTwoEntriesOfOneNameStays() throws IOException {
    tar(
        out -> {
          link(out, "a", TarConstants.LF_SYMLINK, "b");
          file(out, "a", "first");
          file(out, "a", "second");
        });

    unpack(ArchiveType.TAR, 0);

    assertThat(Files.isRegularFile(jail.resolve("a"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(jail.resolve("a")).hasContent("second");
  }

  @Test
  void whatIsGitsIsLeftOut() throws IOException {
    tar(
        out -> {
          file(out, "kept", "x");
          file(out, ".gitignore", "x");
          for (String name : List.of(".git/config", "a/.GIT/hooks/x", ".gi\u200ct/y", "git~1/z")) {
            file(out, name, "x");
          }
        });

    unpack(ArchiveType.TAR, 0);

    try (Stream<Path> all = Files.walk(jail)) {
      assertThat(all.filter(Files::isRegularFile).map(path -> jail.relativize(path) + ""))
          .containsExactlyInAnyOrder("kept", ".gitignore");
    }
  }

  @Test
  void tooManyEntriesAreRefusedByTheirNumber() throws IOException {
    tar(
        out -> {
          for (int i = 0; i < 1001; i++) {
            file(out, "f" + i, "");
          }
        });
    assertThatThrownBy(() -> archives.check(archive, ArchiveType.TAR, LIMITS))
        .hasMessage("Archive contains 1001 entries which exceeds the maximum of 1000");
    zip(
        out -> {
          for (int i = 0; i < 20_000; i++) {
            file(out, "f" + i, "", 0100644);
          }
        });
    refused(ArchiveType.ZIP, "rejected_archive_too_many_files");
  }

  @Test
  void aBombIsRefusedWhateverItsHeadersSay() throws IOException {
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      TarArchiveEntry entry = new TarArchiveEntry("zeros");
      entry.setSize(16 << 20);
      out.putArchiveEntry(entry);
      out.write(new byte[16 << 20]);
      out.closeArchiveEntry();
    }
    refused(ArchiveType.TAR_GZ, "rejected_archive_too_large");
    zip(out -> file(out, "zeros", "\0".repeat(4 << 20), 0100644));
    refused(ArchiveType.ZIP, "rejected_archive_too_large");
  }

  @Test
  void aNameOfMegabytesIsNotKeptInMemory() throws IOException {
    tar(
        out -> {
          TarArchiveEntry name =
              new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
          name.setSize(1 << 20);
          out.putArchiveEntry(name);
          out.write("x".repeat(1 << 20).getBytes(UTF_8));
          out.closeArchiveEntry();
          file(out, "short", "x");
        });

    assertThatThrownBy(() -> archives.check(archive, ArchiveType.TAR, new Limits(9, 1 << 30)))
        .isInstanceOf(RejectedArchive.class);
  }

  /** Whatever bytes come: nothing lands outside, and what is thrown is for who sent them. */
  @Test
  void damagedArchivesDoNoHarm() throws IOException {
    tar(
        out -> {
          file(out, "a/b", "content of b");
          link(out, "a/c", TarConstants.LF_SYMLINK, "b");
          file(out, "d".repeat(200), "long");
        });
    byte[] whole = Files.readAllBytes(archive);
    zip(
        out -> {
          file(out, "a/b", "content of b", 0100755);
          file(out, "a/c", "b", 0120777);
        });
    byte[] zipped = Files.readAllBytes(archive);
    Random random = new Random(4711);
    for (int round = 0; round < 1500; round++) {
      boolean tar = round % 2 == 0;
      byte[] bytes = (tar ? whole : zipped).clone();
      int length = round % 5 == 0 ? random.nextInt(bytes.length) : bytes.length;
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try (OutputStream out = Files.newOutputStream(archive)) {
        out.write(bytes, 0, length);
      }
      jail = Files.createDirectories(folder.resolve("jail"));
      try {
        unpack(tar ? ArchiveType.TAR : ArchiveType.ZIP, round % 3);
      } catch (UserError expected) {
        assertThat(expected.text()).isNotBlank();
      }
      empty(jail);
      assertNothingOutside();
    }
  }

  private static void empty(Path jail) throws IOException {
    try (Stream<Path> all = Files.walk(jail)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!each.equals(jail)) {
          Files.delete(each);
        }
      }
    }
  }
}
