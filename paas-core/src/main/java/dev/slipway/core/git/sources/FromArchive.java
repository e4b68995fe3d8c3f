package dev.slipway.core.git.sources;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.GIT_FROM_DIRECTORY;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.sources.Archives.Contents;
import dev.slipway.core.git.sources.Archives.Limits;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Deploys what is in an archive. Spec: 03 section 2.8. */
final class FromArchive {
  /** Instead of a URL: standard input. */
  static final String STDIN = "--";

  private final Roots roots;
  private final DurableFiles files;
  private final GitProperties properties;
  private final Archives archives;
  private final Triggers triggers;

  FromArchive(
      Roots roots,
      DurableFiles files,
      GitProperties properties,
      Archives archives,
      Triggers triggers) {
    this.roots = roots;
    this.files = files;
    this.properties = properties;
    this.archives = archives;
    this.triggers = triggers;
  }

  /** {@code git-from-archive APP URL TYPE NAME EMAIL}. */
  void handle(Invocation at) {
    AppName app = at.app(0);
    String url = at.argument(1);
    ArchiveType type = ArchiveType.parse(at.argument(2));
    Author author = Author.of(at.argument(3), at.argument(4));
    Call call = at.call().with(GitObjects.SOURCE_IMAGE, "");
    try (Workspace workspace = Workspace.make(roots, files)) {
      Path archive = workspace.file("archive." + type.word());
      Limits limits = new Limits(properties.archiveMaxFiles(), properties.archiveMaxSize());
      fetch(call, url, type, archive, limits);
      call.out().step("Generating build context");
      Path context = unpack(call, archive, type, workspace.folder("context"), limits);
      triggers.fire(call, GIT_FROM_DIRECTORY, app, context, author.name(), author.email());
    }
    triggers.fire(call, DEPLOY_SOURCE_SET, app, type.word(), Download.masked(url));
  }

  private void fetch(Call call, String url, ArchiveType type, Path archive, Limits limits) {
    try {
      if (url.equals(STDIN)) {
        call.out().step("Fetching " + type.word() + " file from stdin");
        long bytes = LimitedCopy.toFile(call.streams().in(), archive, limits.bytes());
        call.out().line(Long.toString(bytes));
      } else {
        call.out().step("Downloading " + type.word() + " file from " + Download.masked(url));
        new Download(FetchLimits.of(call)).fetch(call, url, archive, limits.bytes());
      }
    } catch (RejectedArchive e) {
      ArchiveAudit.of(call, type, archive).rejected(e);
      throw e;
    } catch (IOException e) {
      throw new ToolFailure("Reading the archive failed: " + e.getMessage(), e);
    }
  }

  private Path unpack(Call call, Path archive, ArchiveType type, Path into, Limits limits) {
    ArchiveAudit audit = ArchiveAudit.of(call, type, archive);
    try {
      Contents contents = archives.check(archive, type, limits);
      int strip = type == ArchiveType.TAR ? contents.commonFolders() : 0;
      call.out()
          .detail(
              type == ArchiveType.TAR
                  ? "Striping " + strip + " worth of directories from tarball"
                  : type.progress());
      audit.started(into);
      archives.unpack(archive, type, strip, into, limits);
      audit.completed(into);
    } catch (RejectedArchive e) {
      audit.rejected(e);
      throw e;
    }
    return single(call, into);
  }

  /** The one folder that everything lies in, or the folder itself. */
  private static Path single(Call call, Path into) {
    try (Stream<Path> entries = Files.list(into)) {
      List<Path> top = entries.limit(2).toList();
      if (top.size() == 1 && Files.isDirectory(top.getFirst(), LinkOption.NOFOLLOW_LINKS)) {
        call.out().detail("Stripping top-level archive folder components");
        return top.getFirst();
      }
      call.out().detail("Moving unarchived files and folders into place");
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + into, e);
    }
  }
}
