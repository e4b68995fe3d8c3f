package dev.slipway.builder.git;

import dev.slipway.core.deploy.Quarantine;
import dev.slipway.core.git.sources.Author;
import dev.slipway.core.git.sources.Commits;
import dev.slipway.core.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Commits} by the native {@code git}, with an index of its own. */
public final class NativeCommits implements Commits {
  private final GitChild git;

  /**
   * @param environment the daemon's own; what would steer git is left out
   */
  public NativeCommits(Path git, Programs programs, Map<String, String> environment) {
    this.git = new GitChild(git, programs, environment);
  }

  @Override
  public Optional<String> commit(
      Path repository,
      Quarantine quarantine,
      Path folder,
      Optional<String> parent,
      String message,
      Author author) {
    Path index = quarantine.folder().resolve("index");
    Map<String, String> variables = new HashMap<>(quarantine.objects());
    variables.put("GIT_INDEX_FILE", index.toString());
    try {
      String tree = tree(repository, folder, variables, index);
      if (parent.isPresent() && tree.equals(treeOf(repository, variables, parent.get()))) {
        return Optional.empty();
      }
      return Optional.of(commitTree(repository, variables, tree, parent, message, author));
    } finally {
      delete(index);
    }
  }

  private String commitTree(
      Path repository,
      Map<String, String> variables,
      String tree,
      Optional<String> parent,
      String message,
      Author author) {
    Map<String, String> all = new HashMap<>(variables);
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      all.put("GIT_" + role + "_NAME", author.name());
      all.put("GIT_" + role + "_EMAIL", author.email());
    }
    List<String> words = new ArrayList<>(words(repository, "commit-tree", tree, "-m", message));
    parent.ifPresent(id -> words.addAll(List.of("-p", id)));
    return git.run(repository, all, words).strip();
  }

  private String tree(Path repository, Path folder, Map<String, String> variables, Path index) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-c",
                "core.autocrlf=false",
                "-c",
                "core.fileMode=true",
                "-c",
                "core.symlinks=true",
                "-c",
                "core.precomposeUnicode=false",
                "--git-dir=" + repository,
                "--work-tree=" + folder));
    words.addAll(List.of("add", "--force", "--all", "--", "."));
    git.run(folder, variables, words);
    if (!Files.exists(index)) {
      git.run(folder, variables, words(repository, "read-tree", "--empty"));
    }
    return git.run(folder, variables, words(repository, "write-tree")).strip();
  }

  /** What is in the quarantine becomes part of the repository. */
  private static void delete(Path index) {
    try {
      Files.deleteIfExists(index);
      Files.deleteIfExists(index.resolveSibling("index.lock"));
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + index, e);
    }
  }

  private String treeOf(Path repository, Map<String, String> variables, String commit) {
    return git.run(
            repository, variables, words(repository, "rev-parse", "--verify", commit + "^{tree}"))
        .strip();
  }

  private static List<String> words(Path repository, String... words) {
    List<String> all = new ArrayList<>(List.of("--git-dir=" + repository));
    all.addAll(List.of(words));
    return all;
  }
}
