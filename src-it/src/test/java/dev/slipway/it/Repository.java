package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a developer has: a clone of an app with a remote that points at the server. */
final class Repository {
  private final Server server;
  private final Path folder;

  private Repository(Server server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * A fresh repository with the files of {@code src-it/apps/probe}, committed on {@code master},
   * and the remote {@code dokku}.
   */
  static Repository of(Server server, String app) {
    return sample(server, app, "probe");
  }

  /** The same with the files of another of the sample apps in {@code src-it/apps}. */
  static Repository sample(Server server, String app, String sample) {
    Repository repository = at(server, server.folder().resolve("me").resolve(app), sample);
    repository.git("remote", "add", "dokku", "slipway:" + app).succeeded();
    return repository;
  }

  /** The same in a folder that does not exist yet, without a remote. */
  static Repository at(Server server, Path folder, String sample) {
    Path files = Path.of("apps").resolve(sample).toAbsolutePath();
    Host.run("cp", "-r", files.toString(), folder.toString()).succeeded();
    Repository repository = new Repository(server, folder);
    repository.git("init", "-q", "-b", "master").succeeded();
    repository.commit("First version");
    return repository;
  }

  /** A repository of one of the buildpacks in {@code src-it/buildpacks}, committed. */
  static Repository made(Server server, Path folder, String buildpack) {
    Host.run("mkdir", "-p", String.valueOf(folder.getParent())).succeeded();
    Path files = Path.of("buildpacks").resolve(buildpack).toAbsolutePath();
    Host.run("cp", "-r", files.toString(), folder.toString()).succeeded();
    Repository repository = new Repository(server, folder);
    repository.git("init", "-q", "-b", "master").succeeded();
    repository.commit("The buildpack");
    return repository;
  }

  /** A clone of another repository with the same remote. */
  static Repository copyOf(Repository other, String name) {
    Path folder = other.folder.resolveSibling(other.folder.getFileName() + "-" + name);
    Host.run("cp", "-r", other.folder.toString(), folder.toString()).succeeded();
    return new Repository(other.server, folder);
  }

  /** One that is there. */
  static Repository in(Server server, Path folder) {
    return new Repository(server, folder);
  }

  /** A repository without a commit that knows the server. */
  static Repository empty(Server server, String name, String app) {
    Path folder = server.folder().resolve("me").resolve(name);
    Host.run("git", "init", "-q", folder.toString()).succeeded();
    Repository repository = new Repository(server, folder);
    repository.git("remote", "add", "dokku", "slipway:" + app).succeeded();
    return repository;
  }

  Path folder() {
    return folder;
  }

  Repository write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes something else into a file wherever a text stands. */
  Repository replace(String file, String text, String other) {
    return write(file, Server.read(folder.resolve(file)).replace(text, other));
  }

  /** Commits all that changed; says which commit it is. */
  String commit(String message) {
    git("add", "-A").succeeded();
    git(
            "-c",
            "user.name=Developer",
            "-c",
            "user.email=developer@example.test",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            message)
        .succeeded();
    return git("rev-parse", "HEAD").succeeded().out().strip();
  }

  Ran push() {
    return git("push", "dokku", "master");
  }

  Ran git(String... words) {
    return Host.run(folder, environment(), new byte[0], command(words));
  }

  Process startGit(String... words) {
    return Host.start(folder, environment(), command(words));
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GIT_SSH_COMMAND", server.sshCommand());
    variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
    variables.put("GIT_TERMINAL_PROMPT", "0");
    return variables;
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(words));
    return command;
  }
}
