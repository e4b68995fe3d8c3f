package dev.slipway.builder.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.Quarantine;
import dev.slipway.core.git.sources.Remote;
import dev.slipway.core.git.sources.RemoteUrl;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.testing.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeSubmodulesTest {
  private static final Path GIT = Path.of("/usr/bin/git");

  @TempDir private Path temporary;
  private final Programs programs = new Programs(Optional.empty());
  private final Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
  private final GitChild git = new GitChild(GIT, programs, environment);
  private Path proof;
  private Path tree;
  private String module;

  @BeforeEach
  void makeModule() throws IOException {
    proof = temporary.resolve("proof");
    tree = Files.createDirectories(temporary.resolve("work/tree"));
    Path source = Files.createDirectories(temporary.resolve("module"));
    Files.writeString(source.resolve(".gitattributes"), "* filter=x\n");
    Files.writeString(source.resolve("a.txt"), "a\n");
    module = commit(source, List.of());
  }

  private String commit(Path folder, List<String> gitlink) {
    in(folder, "init", "--quiet");
    in(folder, "add", "--all");
    if (!gitlink.isEmpty()) {
      in(folder, gitlink.toArray(String[]::new));
    }
    in(folder, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "one");
    return in(folder, "rev-parse", "HEAD").strip();
  }

  private String in(Path folder, String... words) {
    return git.run(folder, Map.of(), List.of(words));
  }

  /** Checks out what a push brought, and fills the submodule {@code sub}. */
  private void fill(Path pushed) throws IOException {
    Files.writeString(
        pushed.resolve(".gitmodules"),
        "[submodule \"sub\"]\n  path = sub\n  url = https://git.test/sub.git\n");
    String commit =
        commit(
            pushed, List.of("update-index", "--add", "--cacheinfo", "160000," + module + ",sub"));
    Path repository = pushed.resolve(".git");
    NativeGit trees = new NativeGit(GIT, programs, environment);
    DurableFiles files = new DurableFiles(Roots.from(Map.of()));
    trees.checkOut(repository, commit, tree, Map.of());
    new NativeSubmodules(GIT, trees, new Local(), files, programs, environment)
        .fill(new RecordedCall().call(), repository, commit, tree, Map.of());
  }

  @Test
  void aStoreInTheTreeIsNotUsed() throws IOException {
    Path pushed = Files.createDirectories(temporary.resolve("pushed"));
    Files.createDirectories(pushed.resolve(".submodule-1"));
    Files.writeString(
        pushed.resolve(".submodule-1/config"),
        "[core]\n  bare = true\n[filter \"x\"]\n  smudge = touch " + proof + "; cat\n");

    fill(pushed);

    assertThat(tree.resolve("sub/a.txt")).hasContent("a");
    assertThat(proof).doesNotExist();
    assertThat(tree.resolve(".submodule-1/config")).exists();
    try (Stream<Path> left = Files.list(tree.getParent())) {
      assertThat(left).containsExactly(tree);
    }
  }

  @Test
  void aLinkInTheTreeIsNotFollowed() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Path pushed = Files.createDirectories(temporary.resolve("pushed"));
    Files.createSymbolicLink(pushed.resolve(".submodule-1"), outside);

    fill(pushed);

    assertThat(tree.resolve("sub/a.txt")).hasContent("a");
    assertThat(outside).isEmptyDirectory();
    assertThat(tree.resolve(".submodule-1")).isSymbolicLink();
  }

  /** Has one repository, on this disk. */
  private final class Local implements Remote {
    @Override
    public SortedMap<String, String> refs(Call call, RemoteUrl url) {
      return new TreeMap<>(Map.of("refs/heads/main", module));
    }

    @Override
    public void fetch(
        Call call, Path repository, Quarantine quarantine, RemoteUrl url, List<String> wanted) {
      git.run(
          repository,
          quarantine.objects(),
          List.of(
              "--git-dir=" + repository,
              "fetch",
              "--quiet",
              "--no-write-fetch-head",
              temporary.resolve("module/.git").toString(),
              "HEAD"));
    }

    @Override
    public Optional<String> commit(Path repository, Quarantine quarantine, String id) {
      return Optional.of(id);
    }
  }
}
