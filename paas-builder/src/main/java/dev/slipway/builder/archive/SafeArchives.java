package dev.slipway.builder.archive;

import dev.slipway.core.error.UserError;
import dev.slipway.core.git.sources.ArchiveType;
import dev.slipway.core.git.sources.Archives;
import dev.slipway.core.git.sources.RejectedArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link Archives} for tar, tar.gz and zip. An archive is read twice: first to look at all names,
 * links and sizes, then to write. Sizes are counted as the bytes come, whatever a header says.
 */
public final class SafeArchives implements Archives {
  /** Counting for the message ends here: an archive can go on for days. */
  private static final int TIMES_TOO_MANY = 10;

  @Override
  public Contents check(Path archive, ArchiveType type, Limits limits) {
    EntryRules rules = new EntryRules(type);
    try (EntryReader reader = open(archive, type, limits)) {
      if (Files.size(archive) > limits.bytes()) {
        throw RejectedArchive.tooLarge(limits.bytes());
      }
      List<Entry> links = new ArrayList<>();
      long count = 0;
      long bytes = 0;
      Optional<String> prefix = Optional.empty();
      for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
        Entry entry = next.get();
        count++;
        bytes += Math.max(0, entry.size());
        if (count <= limits.entries()) {
          rules.checkName(entry.name());
          if (entry.kind() != Entry.Kind.FILE && entry.kind() != Entry.Kind.FOLDER) {
            links.add(entry);
          }
          prefix = Optional.of(prefix.map(p -> common(p, entry.name())).orElse(entry.name()));
        }
        if (bytes > limits.bytes()) {
          throw RejectedArchive.tooLarge(limits.bytes());
        }
        if (count > TIMES_TOO_MANY * limits.entries()) {
          break;
        }
      }
      requireFew(count, limits);
      links.forEach(rules::checkKind);
      return new Contents(count, prefix.orElse(""));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(type, e);
    }
  }

  private static void requireFew(long count, Limits limits) {
    if (count > limits.entries()) {
      throw new RejectedArchive(
          "rejected_archive_too_many_files",
          "Archive contains "
              + count
              + " entries which exceeds the maximum of "
              + limits.entries());
    }
  }

  private static String common(String a, String b) {
    int n = 0;
    while (n < Math.min(a.length(), b.length()) && a.charAt(n) == b.charAt(n)) {
      n++;
    }
    return a.substring(0, n);
  }

  @Override
  public void unpack(Path archive, ArchiveType type, int strip, Path into, Limits limits) {
    EntryRules rules = new EntryRules(type);
    try (EntryReader reader = open(archive, type, limits)) {
      Jail jail = new Jail(into, strip, limits.bytes());
      long count = 0;
      for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
        requireFew(++count, limits);
        rules.checkName(next.get().name());
        rules.checkKind(next.get());
        jail.put(next.get(), reader);
      }
      jail.finish();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(type, e);
    }
  }

  private static EntryReader open(Path archive, ArchiveType type, Limits limits)
      throws IOException {
    return switch (type) {
      case TAR -> TarReader.open(archive, false);
      case TAR_GZ -> TarReader.open(archive, true);
      case ZIP -> ZipReader.open(archive, limits.entries());
    };
  }

  private static UserError unreadable(ArchiveType type, Exception e) {
    UserError error =
        new UserError(
            "The "
                + type.word()
                + " archive cannot be unpacked: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    error.initCause(e);
    return error;
  }
}
