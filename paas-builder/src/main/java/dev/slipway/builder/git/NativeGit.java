package dev.slipway.builder.git;

import dev.slipway.core.deploy.Revisions;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Repositories by the native {@code git}, a child for each call. It reads objects of a push that
 * are still in quarantine, and a hostile one takes down no more than that child.
 */
public final class NativeGit implements Revisions, Repositories.Initialiser {
  private final GitChild git;

  /**
   * @param environment the daemon's own; what would steer git is left out
   */
  public NativeGit(Path git, Programs programs, Map<String, String> environment) {
    this.git = new GitChild(git, programs, environment);
  }

  @Override
  public void initialise(Path repository) {
    run(
        repository,
        Map.of(),
        List.of("-c", "init.defaultBranch=master", "init", "--bare", "--quiet", repository + ""));
  }

  /**
   * Reads the tree into an index of its own and writes the files from there; unlike an archive this
   * leaves out nothing, and unlike a worktree it writes nothing to the repository.
   */
  @Override
  public void checkOut(
      Path repository, String revision, Path directory, Map<String, String> objects) {
    Path index = directory.resolve(".index-" + UUID.randomUUID());
    Map<String, String> variables = new HashMap<>(objects);
    variables.put("GIT_INDEX_FILE", index.toString());
    run(
        directory,
        variables,
        List.of(
            "--git-dir=" + repository,
            "--work-tree=" + directory,
            "read-tree",
            "--reset",
            "-u",
            revision));
    try {
      Files.deleteIfExists(index);
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + index, e);
    }
  }

  @Override
  public void keepRepository(
      Path repository,
      String revision,
      Path directory,
      String branch,
      Map<String, String> objects) {
    String own = "--git-dir=" + directory.resolve(".git");
    String ref = "refs/heads/" + branch;
    run(
        directory,
        Map.of(),
        List.of(
            "clone",
            "--bare",
            "--quiet",
            "--no-hardlinks",
            "--template=",
            "--",
            repository.toString(),
            directory.resolve(".git").toString()));
    run(
        directory,
        objects,
        List.of(
            "--git-dir=" + repository,
            "push",
            "--quiet",
            "--force",
            directory.resolve(".git").toString(),
            revision + ":" + ref));
    run(directory, Map.of(), List.of(own, "config", "core.bare", "false"));
    run(directory, Map.of(), List.of(own, "config", "gc.auto", "0"));
    run(directory, Map.of(), List.of(own, "config", "receive.denyCurrentBranch", "ignore"));
    run(directory, Map.of(), List.of(own, "symbolic-ref", "HEAD", ref));
    run(
        directory,
        Map.of(),
        List.of(own, "--work-tree=" + directory, "reset", "--quiet", "--mixed", ref));
  }

  @Override
  public Optional<String> commitOf(Path repository, String ref) {
    String said =
        run(
            repository,
            Map.of(),
            List.of("--git-dir=" + repository, "for-each-ref", "--format=%(objectname)", ref));
    return said.lines().findFirst().filter(line -> !line.isBlank());
  }

  @Override
  public void moveRef(Path repository, String ref, String commit, Optional<String> former) {
    String expected = former.orElse("0".repeat(commit.length()));
    run(
        repository,
        Map.of(),
        List.of("--git-dir=" + repository, "update-ref", ref, commit, expected));
  }

  private String run(Path directory, Map<String, String> variables, List<String> words) {
    return git.run(directory, variables, words);
  }
}
