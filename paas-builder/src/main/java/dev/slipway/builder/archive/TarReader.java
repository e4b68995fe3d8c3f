package dev.slipway.builder.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.builder.archive.Entry.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads tar archives, packed by gzip or not. */
final class TarReader implements EntryReader {
  private static final int BLOCK = 1 << 16;
  private static final int OWNER_EXECUTES = 0100;

  private final HeaderBudget budget;
  private final TarArchiveInputStream tar;
  private boolean begun;

  private TarReader(HeaderBudget budget) {
    this.budget = budget;
    this.tar = new TarArchiveInputStream(budget, UTF_8.name());
  }

  static TarReader open(Path archive, boolean gzip) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(archive), BLOCK);
    try {
      InputStream plain = gzip ? new GZIPInputStream(file, BLOCK) : file;
      return new TarReader(new HeaderBudget(plain));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Optional<Entry> next() throws IOException {
    if (begun) {
      tar.transferTo(OutputStream.nullOutputStream());
    }
    begun = true;
    budget.header();
    TarArchiveEntry entry = tar.getNextEntry();
    budget.content();
    return entry == null
        ? Optional.empty()
        : Optional.of(
            new Entry(
                entry.getName(),
                kind(entry),
                entry.isSymbolicLink() || entry.isLink() ? entry.getLinkName() : "",
                (entry.getMode() & OWNER_EXECUTES) != 0,
                entry.getSize()));
  }

  private static Kind kind(TarArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return Kind.SYMBOLIC_LINK;
    }
    if (entry.isLink()) {
      return Kind.HARD_LINK;
    }
    if (entry.isDirectory()) {
      return Kind.FOLDER;
    }
    boolean special =
        entry.isBlockDevice()
            || entry.isCharacterDevice()
            || entry.isFIFO()
            || entry.isSparse()
            || !entry.isFile();
    return special ? Kind.OTHER : Kind.FILE;
  }

  @Override
  public InputStream content() {
    return tar;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
