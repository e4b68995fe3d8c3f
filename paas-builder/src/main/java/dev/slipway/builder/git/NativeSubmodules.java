package dev.slipway.builder.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.deploy.Quarantine;
import dev.slipway.core.deploy.Submodules;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.sources.Remote;
import dev.slipway.core.git.sources.RemoteUrl;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@link Submodules} without {@code git submodule}: of {@code .gitmodules} only paths and URLs are
 * read, each is fetched like any other remote, and its files are written from an object store that
 * is outside of the tree and gone afterwards. Only http, https and ssh: what a pushed tree names
 * must reach neither files nor programs of this server.
 */
public final class NativeSubmodules implements Submodules {
  private static final Set<String> SCHEMES = Set.of("http", "https", "ssh");
  private static final int DEEPEST = 8;
  private static final int MOST = 200;
  private static final String STORE = "dokku-submodule-";

  private final GitChild git;
  private final NativeGit trees;
  private final Remote remote;
  private final DurableFiles files;

  /**
   * @param environment the daemon's own; what would steer git is left out
   */
  public NativeSubmodules(
      Path git,
      NativeGit trees,
      Remote remote,
      DurableFiles files,
      Programs programs,
      Map<String, String> environment) {
    this.git = new GitChild(git, programs, environment);
    this.trees = trees;
    this.remote = remote;
    this.files = files;
  }

  @Override
  public void fill(
      Call call, Path repository, String revision, Path directory, Map<String, String> objects) {
    Optional<RemoteUrl> base = call.variable(GitObjects.REMOTE).map(RemoteUrl::parse);
    new Filling(call, directory).fill(new Level(repository, revision, directory, objects, base, 0));
  }

  /**
   * One repository whose files have been written.
   *
   * @param base what relative URLs start from
   */
  private record Level(
      Path repository,
      String revision,
      Path directory,
      Map<String, String> objects,
      Optional<RemoteUrl> base,
      int depth) {}

  /** One checkout with all that belongs to it. */
  private final class Filling {
    private final Call call;
    private final Path top;
    private int count;

    Filling(Call call, Path top) {
      this.call = call;
      this.top = top;
    }

    void fill(Level level) {
      Path file = level.directory().resolve(".gitmodules");
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      List<Gitlink> links =
          Gitlink.parse(
              git.run(
                  level.repository(),
                  level.objects(),
                  List.of(
                      "--git-dir=" + level.repository(), "ls-tree", "-r", "-z", level.revision())));
      if (links.isEmpty()) {
        return;
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || level.depth() >= DEEPEST) {
        throw new UserError("Invalid .gitmodules, or submodules nested too deep");
      }
      Map<String, String> urls =
          ModuleUrls.parse(
              git.run(
                  Path.of("/"),
                  Map.of(),
                  List.of("config", "--no-includes", "--file", file.toString(), "-z", "--list")));
      for (Gitlink link : links) {
        if (++count > MOST) {
          throw new UserError("More than " + MOST + " submodules");
        }
        one(level, link, url(level, link, Optional.ofNullable(urls.get(link.path()))));
      }
    }

    private void one(Level level, Gitlink link, RemoteUrl url) {
      Path target = folder(level.directory(), link.path());
      Path store = store();
      try {
        trees.initialise(store);
        try (Quarantine quarantine = Quarantine.in(store, files)) {
          fetch(store, quarantine, url, link);
          Map<String, String> objects = quarantine.objects();
          trees.checkOut(store, link.commit(), target, objects);
          fill(
              new Level(
                  store, link.commit(), target, objects, Optional.of(url), level.depth() + 1));
        }
      } finally {
        files.deleteTree(store);
      }
    }

    /** A fresh folder beside the tree: what the tree has brought could be taken for a store. */
    private Path store() {
      try {
        return Files.createTempDirectory(
            top.toAbsolutePath().getParent(),
            STORE,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (IOException e) {
        throw new UncheckedIOException("making a folder beside " + top, e);
      }
    }

    private void fetch(Path store, Quarantine quarantine, RemoteUrl url, Gitlink link) {
      try {
        remote.fetch(call, store, quarantine, url, List.of(link.commit()));
      } catch (ToolFailure notByItsId) {
        remote.fetch(call, store, quarantine, url, List.copyOf(remote.refs(call, url).keySet()));
      }
      if (remote.commit(store, quarantine, link.commit()).isEmpty()) {
        throw new UserError(
            "The submodule " + link.path() + " has no commit " + link.commit() + " at " + url);
      }
    }
  }

  private static RemoteUrl url(Level level, Gitlink link, Optional<String> written) {
    String text =
        written.orElseThrow(
            () ->
                new UserError(
                    "No url found for submodule path '" + link.path() + "' in .gitmodules"));
    boolean relative = text.startsWith("./") || text.startsWith("../");
    if (relative && level.base().isEmpty()) {
      throw new UserError(
          "The URL of the submodule " + link.path() + " is relative: give it in full, " + text);
    }
    RemoteUrl url = relative ? level.base().get().resolve(text) : RemoteUrl.parse(text);
    if (!SCHEMES.contains(url.scheme())) {
      throw new UserError("Submodules are fetched by http, https and ssh only: " + url);
    }
    return url;
  }

  /** The empty folder that git has left for a submodule; no link may stand on the way. */
  private static Path folder(Path directory, String path) {
    Path folder = directory;
    for (String part : path.split("/")) {
      folder = folder.resolve(part);
      if (part.isEmpty() || part.equals(".") || part.equals("..") || isGits(part)) {
        throw new UserError("Invalid submodule path: " + path);
      }
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new UserError("Invalid submodule path: " + path);
      }
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("making " + folder, e);
    }
    return folder;
  }

  private static boolean isGits(String part) {
    return part.equalsIgnoreCase(".git");
  }
}
