package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Third-party plugins that have a hook for every trigger of a push. Spec: 03 section 12. */
final class PluginsInAPushIT {
  /**
   * The triggers of a first push of an app with one web process, as numbered in the spec: those
   * that act and those that ask. All containers are made and checked before anything is written.
   */
  private static final List<String> FIRST_PUSH =
      """
      app-exists APP
      app-maybe-create APP
      post-create APP
      builds-generate-id
      builds-record-start APP BUILD PID git-hook
      app-exists APP
      post-config-update APP set GIT_REV
      app-exists APP
      core-post-extract APP DIR REV
      builder-get-property APP build-dir
      git-get-property APP source-image
      app-json-is-valid APP FILE
      post-extract APP DIR REV
      builder-detect APP DIR
      pre-receive-app APP dockerfile DIR REV
      builder-set-property APP detected dockerfile
      builder-build dockerfile APP DIR
      pre-build-dockerfile APP
      pre-build dockerfile APP DIR
      docker-args-build APP dockerfile
      docker-args-process-build APP dockerfile
      ports-configure APP
      ports-get-property APP proxy-port
      ports-set-detected APP http:PROXY:5000
      post-build-dockerfile APP
      post-build dockerfile APP DIR
      release-and-deploy APP
      builder-release dockerfile APP latest
      pre-release-dockerfile APP latest
      pre-release-builder dockerfile APP dokku/APP:latest
      post-release-builder dockerfile APP dokku/APP:latest
      procfile-get-command APP release 5000
      ps-can-scale APP true
      app-json-get-content APP
      scheduler-detect APP
      scheduler-deploy docker-local APP latest ''
      deployed-app-image-tag APP
      deployed-app-repository APP
      deployed-app-image-repo APP
      network-get-property APP bind-all-interfaces
      ps-get-property APP stop-timeout-seconds
      procfile-exists APP
      checks-get-property APP wait-to-retire
      ps-current-scale APP
      procfile-get-command APP web 5000
      docker-args-deploy APP latest web
      docker-args-process-deploy APP dockerfile latest web
      app-json-process-deploy-parallelism APP web
      docker-args-deploy APP latest web 1
      docker-args-process-deploy APP dockerfile latest web 1
      post-container-create app CID APP deploy web
      network-get-ipaddr APP web CID
      check-deploy APP CID web 5000 ADDRESS 1
      network-write-ipaddr APP web 1 ADDRESS
      network-write-port APP web 1 5000
      scheduler-post-deploy-process APP web
      proxy-build-config APP
      core-post-deploy APP '' '' latest
      proxy-build-config APP
      post-deploy APP '' '' latest
      domains-urls APP urls
      builds-record-finalize APP BUILD 0
      deploy-source-set APP git-push REV
      """
          .lines()
          .toList();

  /** Triggers that only ask may come more often than the spec numbers them. */
  private static final Set<String> QUESTIONS =
      Set.of(
          "app-exists",
          "app-json-get-content",
          "app-json-process-deploy-parallelism",
          "builder-get-property",
          "checks-get-property",
          "deployed-app-image-repo",
          "deployed-app-image-tag",
          "deployed-app-repository",
          "docker-args-deploy",
          "docker-args-process-deploy",
          "domains-urls",
          "git-get-property",
          "network-get-ipaddr",
          "network-get-property",
          "ports-configure",
          "ports-get-property",
          "procfile-exists",
          "procfile-get-command",
          "ps-current-scale",
          "ps-get-property",
          "scheduler-detect");

  @AutoClose private static final Server server = Server.launch();

  @AfterEach
  void disable() throws IOException {
    for (String name : List.of("00_recorder", "nester")) {
      Files.deleteIfExists(plugins().resolve("enabled").resolve(name));
    }
  }

  private static Path plugins() {
    return server.lib().resolve("plugins");
  }

  @Test
  void everyTriggerOfAFirstPushComesInOrderAndWithItsArguments() throws Exception {
    new FixturePlugin("00_recorder", "recorder").install(plugins());
    String app = Server.uniqueName("recorded");
    Repository repository = withOwnDockerfile(app);
    String commit = repository.git("rev-parse", "HEAD").out().strip();

    repository.push().succeeded();

    List<String> events =
        Files.readAllLines(server.lib().resolve("data/recorder/events")).stream()
            .map(line -> generalised(line, app, commit))
            .toList();
    assertThat(events).containsSubsequence(FIRST_PUSH);
    Set<String> acting =
        FIRST_PUSH.stream()
            .map(PluginsInAPushIT::trigger)
            .filter(name -> !QUESTIONS.contains(name))
            .collect(Collectors.toSet());
    assertThat(events.stream().filter(line -> acting.contains(trigger(line))))
        .containsExactlyElementsOf(
            FIRST_PUSH.stream().filter(line -> acting.contains(trigger(line))).toList());
  }

  private static String trigger(String line) {
    return line.split(" ")[0];
  }

  /** What differs from one push to the next gets the name that the expectation has. */
  private static String generalised(String line, String app, String commit) {
    return line.replace(app + "/app.json", "FILE")
        .replaceAll("/\\S*/FILE\\S*", "FILE")
        .replace(app, "APP")
        .replace(commit, "REV")
        .replaceAll("/\\S+-git_build_app_repo\\.\\S+", "DIR")
        .replaceAll("[0-9a-f]{64}", "CID")
        .replaceAll("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b", "ADDRESS")
        .replaceFirst("^(builds-record-start APP) \\S+ \\d+ ", "$1 BUILD PID ")
        .replaceFirst("^(builds-record-finalize APP) \\S+ ", "$1 BUILD ")
        .replace("http:" + server.httpPort() + ":", "http:PROXY:");
  }

  @Test
  void aPluginMayChangeItsAppFromEveryHookOfAPush() throws Exception {
    String app = server.newApp("nested");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    new FixturePlugin("nester").install(plugins());

    repository.write("page.txt", "Nested").commit("With a plugin");
    Ran push = repository.push().succeeded();

    Path notes = server.lib().resolve("data/nester");
    Path failed = notes.resolve("failed");
    assertThat(Files.exists(failed) ? Server.read(failed) : "")
        .as("calls that failed in %s", push.all())
        .isEmpty();
    List<String> set = Files.readAllLines(notes.resolve("set")).stream().distinct().toList();
    assertThat(set).hasSizeGreaterThan(30).contains("NESTED_POST_DEPLOY=post-deploy");
    assertThat(environment(app)).containsAll(set);
  }

  private static List<String> environment(String app) {
    return server
        .docker(
            "inspect",
            "-f",
            "{{range .Config.Env}}{{println .}}{{end}}",
            server.running(app).getFirst())
        .succeeded()
        .out()
        .lines()
        .toList();
  }

  private static Repository withOwnDockerfile(String app) {
    Repository repository = Repository.of(server, app);
    String dockerfile = Server.read(repository.folder().resolve("Dockerfile"));
    repository.write("Dockerfile", dockerfile.replaceFirst("python:3-slim", Server.IMAGE));
    repository.commit("Name the base image");
    return repository;
  }
}
