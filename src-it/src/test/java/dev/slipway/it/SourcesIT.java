package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apps that no push brings: archives, images and other git servers. Spec: 03 sections 2.8-2.11. */
final class SourcesIT {
  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Path elsewhere;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static GitHttp http;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static String image;

  @BeforeAll
  static void start() {
    server = Server.launch();
    elsewhere = server.folder().resolve("elsewhere");
    Host.run("mkdir", elsewhere.toString()).succeeded();
    http = new GitHttp(elsewhere);
    image = Server.uniqueName("slipway-test/sources") + ":1";
    server
        .docker(
            "build",
            "-q",
            "--label",
            "dev.slipway.test=sources",
            "--build-arg",
            "BASE_IMAGE=" + Server.IMAGE,
            "-t",
            image,
            Path.of("apps/probe").toAbsolutePath().toString())
        .succeeded();
  }

  @AfterAll
  static void stop() {
    http.close();
    server.docker("rmi", "-f", image);
    server.close();
  }

  @Test
  void anImageIsDeployedWithItsOwnFilesAndAPushAfterwardsWithThoseOfTheSource() {
    String app = server.newApp("image");

    Ran deployed = server.ssh("git:from-image", app, image, "Ann", "ann@example.test").succeeded();

    assertThat(deployed.out())
        .contains("-----> Generating build context\n-----> Image exists on host, skipping pull\n")
        .contains("-----> Updating git repository with specified build context\n")
        .contains("=====> Application deployed:");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(gitReport(app, "source-image")).isEqualTo(image);
    assertThat(appReport(app, "deploy-source")).isEqualTo("docker-image");
    assertThat(appReport(app, "deploy-source-metadata")).isEqualTo(image);
    assertThat(log(app)).isEqualTo("Ann <ann@example.test> Initial commit\n");

    Ran again = server.ssh("git:from-image", app, image).failed();

    assertThat(again.all())
        .contains(" !     No changes detected, skipping git commit\n")
        .contains(" !     Call 'ps:rebuild' on app to rebuild the app from existing source\n");
    assertThat(server.dokku("ps:rebuild", app).succeeded().out()).contains("Application deployed:");
    Repository repository = Repository.of(server, app);
    repository.write("page.txt", "Pushed").commit("Pushed");
    repository.git("push", "--force", "dokku", "master").succeeded();
    assertThat(gitReport(app, "source-image")).isEmpty();
    assertThat(server.get(app, "/").body()).isEqualTo("Pushed\n");
  }

  @Test
  void anImageComesOnStandardInput() throws IOException {
    String app = server.newApp("load");
    String name = Server.uniqueName("slipway-test/loaded") + ":1";
    Path saved = elsewhere.resolve("image.tar");
    server.docker("tag", image, name).succeeded();
    server.docker("save", "-o", saved.toString(), name).succeeded();
    server.docker("rmi", name).succeeded();

    Ran missing =
        server.ssh(Files.readAllBytes(saved), "git:load-image", app, "no/such:1").failed();
    Ran loaded = server.ssh(Files.readAllBytes(saved), "git:load-image", app, name).succeeded();
    server.docker("rmi", "-f", name);

    assertThat(missing.all())
        .contains(
            " !     Loaded image tarball but the specified docker image was not found: no/such:1");
    assertThat(loaded.out()).contains("Loaded image").contains("Application deployed:");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  @Test
  void aLoadedImageDoesNotTakeTheNameOfAnAppsImage() throws IOException {
    String victim = server.newApp("victim");
    Repository.of(server, victim).push().succeeded();
    String before = imageId("dokku/" + victim + ":latest");
    Path saved = elsewhere.resolve("hostile.tar");
    String kept = Server.uniqueName("slipway-test/kept") + ":1";
    server.docker("tag", before, kept).succeeded();
    server.docker("tag", image, "dokku/" + victim + ":latest").succeeded();
    server.docker("save", "-o", saved.toString(), "dokku/" + victim + ":latest").succeeded();
    server.docker("tag", before, "dokku/" + victim + ":latest").succeeded();
    String app = server.newApp("thief");

    Ran refused =
        server
            .ssh(Files.readAllBytes(saved), "git:load-image", app, "dokku/" + victim + ":latest")
            .failed();
    server.docker("rmi", "-f", kept);

    assertThat(refused.all()).contains("which was put back: dokku/" + victim + ":latest");
    assertThat(imageId("dokku/" + victim + ":latest")).isEqualTo(before);
  }

  @Test
  void archivesOfEachTypeAreDeployedFromStandardInputAndByHttp() throws IOException {
    String app = server.newApp("archive");
    archive("v1", "First", "tar", "-cf");
    archive("v2", "Second", "tar", "-czf");
    archive("v3", "Third", "zip");

    Ran tar = server.ssh(bytes("v1"), "git:from-archive", app, "--").succeeded();
    assertThat(tar.out())
        .contains("-----> Fetching tar file from stdin\n" + bytes("v1").length + "\n")
        .contains("-----> Generating build context\n")
        .contains("       Striping 1 worth of directories from tarball\n")
        .contains("       Moving unarchived files and folders into place\n")
        .contains("event=extraction_completed archive_type=tar");
    assertThat(server.get(app, "/").body()).isEqualTo("First\n");
    String first = gitReport(app, "sha");

    Ran gzip =
        server
            .ssh("git:from-archive", "--archive-type", "tar.gz", app, http.url("files/v2"))
            .succeeded();
    assertThat(gzip.out())
        .contains("-----> Downloading tar.gz file from " + http.url("files/v2") + "\n")
        .contains("       Extracting gzipped tarball\n")
        .contains("       Stripping top-level archive folder components\n");
    assertThat(server.get(app, "/").body()).isEqualTo("Second\n");
    assertThat(appReport(app, "deploy-source")).isEqualTo("tar.gz");

    Ran zip =
        server
            .ssh("git:from-archive", app, http.url("files/v3"), "--archive-type", "zip")
            .succeeded();
    assertThat(zip.out()).contains("       Extracting zipball\n");
    assertThat(server.get(app, "/").body()).isEqualTo("Third\n");
    assertThat(log(app)).contains("Dokku <automated@dokku.sh> Initial commit\n");
    assertThat(gitReport(app, "sha")).isNotEqualTo(first);
  }

  @Test
  void aFailedDeployOfAnArchiveLeavesBranchImageAndPageAndCanBeRepeated() throws IOException {
    String app = server.newApp("undo");
    archive("good", "Good", "tar", "-cf");
    server.ssh(bytes("good"), "git:from-archive", app, "--").succeeded();
    String sha = gitReport(app, "sha");
    String before = imageId("dokku/" + app + ":latest");
    archive("bad", "Bad", "tar", "-cf", "mode.txt", "crash");

    for (int i = 0; i < 2; i++) {
      Ran failed = server.ssh(bytes("bad"), "git:from-archive", app, "--").failed();
      assertThat(failed.out()).contains("dies at its start").doesNotContain("No changes detected");
    }

    assertThat(gitReport(app, "sha")).isEqualTo(sha);
    assertThat(imageId("dokku/" + app + ":latest")).isEqualTo(before);
    assertThat(server.get(app, "/").body()).isEqualTo("Good\n");
    assertThat(server.root().resolve(app).resolve(".slipway/pins")).doesNotExist();
    try (var objects = Files.list(server.root().resolve(app).resolve("objects"))) {
      assertThat(objects.map(Path::toString)).noneMatch(name -> name.contains("incoming"));
    }
    try (var left = Files.list(server.lib().resolve("data/slipway/incoming"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nothingIsFetchedFromThisServerItself() { // A30
    String app = server.newApp("inner");

    for (String url :
        List.of("http://127.0.0.1:1/x", "http://169.254.169.254/latest", "http://[::1]/")) {
      assertThat(server.ssh("git:from-archive", app, url).failed().all())
          .contains("can only be reached from this server itself");
      assertThat(server.ssh("git:sync", app, url).failed().all())
          .contains("can only be reached from this server itself");
    }
    assertThat(server.ssh("git:from-archive", app, http.url("elsewhere/x")).failed().all())
        .contains("can only be reached from this server itself");
    assertThat(server.ssh("git:sync", app, http.url("elsewhere/x")).failed().all())
        .contains("failed");
    assertThat(server.ssh("git:from-archive", app, http.url("files/none")).failed().all())
        .contains("HTTP status 404");
  }

  @Test
  void neitherFilesNorProgramsOfThisServerAreReachedByARemote() { // A15
    String app = server.newApp("remote");
    Path proof = server.folder().resolve("run/proof");

    for (String remote :
        List.of(
            "ext::sh -c touch% " + proof,
            "ext::touch%20" + proof,
            "file://" + server.root() + "/" + app,
            server.root() + "/" + app,
            "../" + app,
            "--upload-pack=touch " + proof,
            "-u",
            "ssh://-oProxyCommand=touch%20" + proof + "/x",
            "-oProxyCommand=x:y",
            "fd::0",
            "http::http://" + http.host() + "/")) {
      assertThat(server.dokku("git:sync", app, remote).failed().all())
          .as(remote)
          .contains("Invalid git remote, only http, https, ssh and git are allowed");
    }
    assertThat(server.dokku("git:sync", app, http.url("x.git"), "--upload-pack=x").failed().all())
        .contains("Invalid git reference: --upload-pack=x");
    assertThat(server.dokku("git:set", app, "deploy-branch", "--x").failed().all())
        .contains("Invalid branch name '--x'");
    assertThat(server.dokku("git:allow-host", "-f/etc/passwd").failed().all())
        .contains("Invalid git host");
    assertThat(proof).doesNotExist();
  }

  @Test
  void aRemoteRepositoryIsClonedFetchedAndBuiltByHttp() {
    String app = server.newApp("sync");
    Repository remote = remote("site");
    String first = remote.commit("One more");

    Ran cloned = server.ssh("git:sync", app, http.url("site/.git"), "main").succeeded();

    assertThat(cloned.out())
        .contains("-----> Cloning " + app + " from " + http.url("site/.git") + "#main\n")
        .contains("       Detected branch, setting deploy-branch to main\n")
        .doesNotContain("Building");
    assertThat(gitReport(app, "deploy-branch")).isEqualTo("main");
    assertThat(gitReport(app, "sha")).isEqualTo(first);

    Ran same = server.ssh("git:sync", "--build-if-changes", app, http.url("site/.git")).succeeded();
    assertThat(same.out())
        .contains(
            "       Fetching remote code for " + app + " from " + http.url("site/.git") + "#\n")
        .contains("       Skipping build as no changes were detected\n");

    Ran built = server.ssh("git:sync", app, http.url("site/.git"), "--build").succeeded();
    assertThat(built.out()).contains("Application deployed:");
    assertThat(appReport(app, "deploy-source")).isEqualTo("git-sync");
    assertThat(appReport(app, "deploy-source-metadata"))
        .isEqualTo(http.url("site/.git") + "#" + first);

    String second = remote.write("page.txt", "Second").commit("Second");
    server.ssh("git:sync", "--build-if-changes", app, http.url("site/.git")).succeeded();
    assertThat(server.get(app, "/").body()).isEqualTo("Second\n");
    assertThat(gitReport(app, "sha")).isEqualTo(second);

    remote.write("mode.txt", "crash").commit("Dies");
    server.ssh("git:sync", "--build-if-changes", app, http.url("site/.git")).failed();
    assertThat(gitReport(app, "sha")).isEqualTo(second);
    assertThat(server.get(app, "/").body()).isEqualTo("Second\n");

    server
        .ssh("git:sync", "--build", app, http.url("site/.git"), first.substring(0, 12))
        .succeeded();
    assertThat(gitReport(app, "sha")).isEqualTo(first);
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  private static Repository remote(String name) {
    Repository repository = Repository.at(server, elsewhere.resolve(name), "probe");
    repository.git("branch", "-m", "main").succeeded();
    return repository;
  }

  private static void archive(String name, String page, String... how) throws IOException {
    Path parent = elsewhere.resolve("source-" + name);
    Path folder = Files.createDirectories(parent.resolve("site"));
    Host.run("cp", "-r", Path.of("apps/probe").toAbsolutePath() + "/.", folder.toString())
        .succeeded();
    Files.writeString(folder.resolve("page.txt"), page);
    if (how.length > 2) {
      Files.writeString(folder.resolve(how[2]), how[3]);
    }
    String target = elsewhere.resolve(name).toString();
    Ran made =
        how[0].equals("zip")
            ? Host.run(
                parent,
                Map.of(),
                new byte[0],
                List.of("python3", "-m", "zipfile", "-c", target, "site"))
            : Host.run("tar", how[1], target, "-C", parent.toString(), "site");
    made.succeeded();
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(elsewhere.resolve(name));
  }

  private static String gitReport(String app, String key) {
    return server.dokku("git:report", app, "--git-" + key).succeeded().out().strip();
  }

  private static String appReport(String app, String key) {
    return server.dokku("apps:report", app, "--app-" + key).succeeded().out().strip();
  }

  private static String imageId(String name) {
    return server.docker("image", "inspect", "-f", "{{.Id}}", name).succeeded().out().strip();
  }

  private static String log(String app) {
    return Host.run(
            "git",
            "-c",
            "safe.directory=*",
            "--git-dir=" + server.root().resolve(app),
            "log",
            "--format=%an <%ae> %s")
        .succeeded()
        .out();
  }
}
