package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a deploy has on disk while it runs, and must not leave when it was cut off. */
final class LeftOvers {
  private static final Pattern DIRECTORY = Pattern.compile("\"directory\":\"([^\"]+)\"");

  /** What {@code DurableFiles} writes before it renames. */
  private static final Pattern ASIDE = Pattern.compile("\\..+\\.[0-9]+-[0-9a-f]{16}");

  private final Server server;

  LeftOvers(Server server) {
    this.server = server;
  }

  /** The journal entries of deploys that have not ended. */
  List<Path> journals() {
    try (Stream<Path> all = Files.list(server.lib().resolve("data/slipway/journal"))) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where those deploys have the files that they build. */
  List<Path> workDirectories() {
    return journals().stream()
        .flatMap(file -> Arrays.stream(Server.read(file).split("\n")))
        .map(DIRECTORY::matcher)
        .filter(Matcher::find)
        .map(found -> Path.of(found.group(1)))
        .toList();
  }

  /** Files of a deploy of this app that should be gone. */
  List<String> files(String app) throws IOException {
    List<String> found = new ArrayList<>();
    Path repository = server.root().resolve(app);
    for (Path each :
        List.of(
            repository.resolve(".slipway/pins"),
            server.lib().resolve("data/apps/" + app + "/.deploy.lock"))) {
      if (Files.exists(each)) {
        found.add(each.toString());
      }
    }
    for (Path top : List.of(repository, server.lib().resolve("data"))) {
      try (Stream<Path> all = Files.walk(top)) {
        all.filter(each -> isHalfMade(String.valueOf(each.getFileName())))
            .forEach(each -> found.add(each.toString()));
      }
    }
    return found;
  }

  /** False also while files come and go. */
  boolean none(String app) {
    try {
      return files(app).isEmpty();
    } catch (IOException | UncheckedIOException fileWentMeanwhile) {
      return false;
    }
  }

  private static boolean isHalfMade(String name) {
    return name.contains("incoming-")
        || name.startsWith("tmp_objdir")
        || (name.endsWith(".lock") && !name.equals("daemon.lock"))
        || ASIDE.matcher(name).matches();
  }

  /** All containers of an app, those that do not run too. */
  List<String> containers(String app) {
    return server
        .docker("ps", "-a", "--filter", "label=com.dokku.app-name=" + app, "--format", "{{.Names}}")
        .succeeded()
        .out()
        .lines()
        .sorted()
        .toList();
  }

  List<String> buildRecords(String app) throws IOException {
    try (Stream<Path> all = Files.list(server.lib().resolve("data/builds/" + app))) {
      return all.filter(each -> each.toString().endsWith(".json")).map(Server::read).toList();
    }
  }
}
