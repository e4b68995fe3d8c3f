package dev.slipway.core.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bare repository that each app's folder is: making it, its hook, and reading refs without
 * starting a program. Spec: 03 section 2.1.
 */
public final class Repositories {
  private static final String EXECUTABLE = "rwxr-xr-x";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final Roots roots;
  private final DurableFiles files;
  private final Initialiser initialiser;

  /** Makes an empty bare repository, or completes one that is there. */
  @FunctionalInterface
  public interface Initialiser {
    /**
     * @throws dev.slipway.core.error.ToolFailure with git's own words
     */
    void initialise(Path repository);
  }

  public Repositories(Roots roots, DurableFiles files, Initialiser initialiser) {
    this.roots = roots;
    this.files = files;
    this.initialiser = initialiser;
  }

  /** The folder of an app's repository. */
  public Path path(AppName app) {
    return roots.app(app);
  }

  boolean exists(AppName app) {
    return Files.isDirectory(roots.app(app).resolve("refs"));
  }

  /** Makes repository and hook where there is no repository. */
  public void createIfMissing(AppName app) {
    if (!exists(app)) {
      create(app);
    }
  }

  /** Makes {@code HEAD} name a branch, if the one that it names has no commit. */
  public void pointHeadAt(AppName app, String branch) {
    if (head(app).isEmpty() && branch(app, branch).isPresent()) {
      files.write(
          path(app).resolve("HEAD"), "ref: refs/heads/" + branch + "\n", DurableFiles.READABLE);
    }
  }

  /** (Re)creates repository and hook. */
  void create(AppName app) {
    files.createDirectories(roots.app(app));
    initialiser.initialise(roots.app(app));
    writeHook(app);
  }

  /** Puts the hook back where it is missing, since without it a push would deploy nothing. */
  void requireHook(AppName app) {
    if (!Files.isExecutable(hook(app))) {
      writeHook(app);
    }
  }

  private void writeHook(AppName app) {
    String script =
        """
        #!/usr/bin/env bash
        set -e
        set -o pipefail
        cat | DOKKU_ROOT="%s" dokku git-hook "%s"
        """
            .formatted(quoted(roots.dokkuRoot().toString()), app);
    files.write(hook(app), script.getBytes(UTF_8), EXECUTABLE);
  }

  private static String quoted(String text) {
    return text.replaceAll("([\\\\\"$`])", "\\\\$1");
  }

  private Path hook(AppName app) {
    return roots.app(app).resolve("hooks").resolve("pre-receive");
  }

  /** The commit that a branch's loose ref file holds; packed refs are looked at too. */
  public Optional<String> branch(AppName app, String branch) {
    return BranchName.isValid(branch) ? ref(app, "refs/heads/" + branch) : Optional.empty();
  }

  Path looseRef(AppName app, String branch) {
    return roots.app(app).resolve("refs").resolve("heads").resolve(branch);
  }

  /** The commit of {@code HEAD}, empty while the branch it names has none. */
  Optional<String> head(AppName app) {
    Optional<String> head = files.read(roots.app(app).resolve("HEAD")).map(String::strip);
    return head.filter(text -> text.startsWith("ref: refs/"))
        .flatMap(text -> ref(app, text.substring("ref: ".length())))
        .or(() -> head.filter(text -> COMMIT.matcher(text).matches()));
  }

  private Optional<String> ref(AppName app, String name) {
    Path repository = roots.app(app);
    Path loose = repository.resolve(name).normalize();
    if (!loose.startsWith(repository)) {
      return Optional.empty();
    }
    Optional<String> found =
        Files.isRegularFile(loose) ? files.read(loose).map(String::strip) : Optional.empty();
    return found
        .or(
            () ->
                files.lines(repository.resolve("packed-refs")).stream()
                    .filter(line -> line.endsWith(" " + name))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst())
        .filter(text -> COMMIT.matcher(text).matches());
  }
}
