package dev.slipway.builder.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.builder.archive.Entry.Kind;
import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads zip archives by their central directory, which is what others see of them. */
final class ZipReader implements EntryReader {
  private static final int OWNER_EXECUTES = 0100;
  private static final int LONGEST_TARGET = 4096;

  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;
  private @Nullable ZipArchiveEntry current;

  private ZipReader(ZipFile zip) {
    this.zip = zip;
    this.entries = zip.getEntries();
  }

  /**
   * @param most how many entries are expected at most, which bounds the memory
   */
  static ZipReader open(Path archive, long most) throws IOException {
    DirectoryBudget channel = new DirectoryBudget(Files.newByteChannel(archive), most);
    try {
      ZipFile zip =
          ZipFile.builder()
              .setSeekableByteChannel(channel)
              .setCharset(UTF_8)
              .setIgnoreLocalFileHeader(true)
              .get();
      channel.lift();
      return new ZipReader(zip);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Optional<Entry> next() throws IOException {
    if (!entries.hasMoreElements()) {
      return Optional.empty();
    }
    ZipArchiveEntry entry = entries.nextElement();
    current = entry;
    if (!zip.canReadEntryData(entry)) {
      throw new UserError(
          "Archive contains entries that are encrypted or packed in an unknown way");
    }
    Kind kind = kind(entry);
    return Optional.of(
        new Entry(
            entry.getName(),
            kind,
            kind == Kind.SYMBOLIC_LINK ? target() : "",
            (entry.getUnixMode() & OWNER_EXECUTES) != 0,
            entry.getSize()));
  }

  private static Kind kind(ZipArchiveEntry entry) {
    if (entry.isUnixSymlink()) {
      return Kind.SYMBOLIC_LINK;
    }
    return entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
  }

  private String target() throws IOException {
    try (InputStream in = content()) {
      byte[] text = in.readNBytes(LONGEST_TARGET + 1);
      if (text.length > LONGEST_TARGET) {
        throw new UserError("Archive contains a symlink with an endless target");
      }
      return new String(text, UTF_8);
    }
  }

  @Override
  public InputStream content() throws IOException {
    ZipArchiveEntry entry = current;
    if (entry == null) {
      throw new IllegalStateException("no entry yet");
    }
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
