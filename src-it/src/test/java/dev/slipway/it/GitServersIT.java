package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Other git servers: logins and keys, submodules, and what a client of this one gets and not. */
final class GitServersIT {
  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Path elsewhere;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static GitHttp http;

  @BeforeAll
  static void start() {
    server = Server.launch();
    elsewhere = server.folder().resolve("elsewhere");
    Host.run("mkdir", elsewhere.toString()).succeeded();
    http = new GitHttp(elsewhere);
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  @Test
  void aRepositoryBehindSshIsReadWithTheDeployKey() throws IOException {
    Repository remote = Repository.at(server, elsewhere.resolve("private"), "probe");
    String commit = remote.commit("Behind ssh");
    String app = server.newApp("ssh");
    assertThat(server.ssh("git:public-key").failed().err())
        .startsWith(" !     There is no deploy key associated with the dokku user.\n");
    server.ssh("git:generate-deploy-key").succeeded();
    String key = server.ssh("git:public-key").succeeded().out();
    int port = freePort();
    String url = "ssh://root@" + http.host() + ":" + port + elsewhere.resolve("private/.git");

    Process sshd = sshd(port, key);
    try {
      assertThat(server.ssh("git:sync", app, url).failed().all())
          .contains("Add it: git:allow-host " + http.host());
      server.ssh("git:allow-host", http.host() + ":" + port).succeeded();
      String known = Files.readString(server.root().resolve(".ssh/known_hosts"));
      assertThat(server.ssh("git:allow-host", http.host() + ":" + port).succeeded().out())
          .isEqualTo("-----> " + http.host() + ":" + port + " added to known hosts\n");
      assertThat(Files.readString(server.root().resolve(".ssh/known_hosts"))).isEqualTo(known);

      server.ssh("git:sync", app, url).succeeded();
    } finally {
      sshd.destroy();
    }

    assertThat(server.dokku("git:report", app, "--git-sha").out().strip()).isEqualTo(commit);
  }

  private static Process sshd(int port, String key) throws IOException {
    Path folder = Files.createDirectory(server.folder().resolve("sshd"));
    Host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/host").succeeded();
    Server.write(folder.resolve("keys"), key);
    Server.write(
        folder.resolve("config"),
        """
        ListenAddress %s:%d
        HostKey %s/host
        AuthorizedKeysFile %s/keys
        PidFile none
        StrictModes no
        UsePAM no
        PermitRootLogin prohibit-password
        """
            .formatted(http.host(), port, folder, folder));
    Host.run("mkdir", "-p", "/run/sshd").succeeded();
    Process sshd =
        Host.start(
            folder, Map.of(), List.of("/usr/sbin/sshd", "-D", "-e", "-f", folder + "/config"));
    Host.await("sshd listens", Duration.ofSeconds(20), () -> answers(port));
    return sshd;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(GitHttp.address(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aLoginIsUsedForItsHostOnly() {
    GitHttp closed = new GitHttp(elsewhere);
    closed.require("ann", "secret");
    Repository remote = Repository.at(server, elsewhere.resolve("closed"), "probe");
    String commit = remote.commit("Behind a login");
    String app = server.newApp("login");
    String url = closed.url("closed/.git");
    try (closed) {
      server.ssh("git:sync", app, url).failed();
      server.ssh("git:auth", closed.host(), "ann", "wrong").succeeded();
      server.ssh("git:sync", app, url).failed();
      server.ssh("secret\n".getBytes(UTF_8), "git:auth", closed.host(), "ann").succeeded();
      server.ssh("git:auth-status", closed.host(), "ann", "secret").succeeded();

      server.ssh("git:sync", app, url).succeeded();

      assertThat(server.dokku("git:report", app, "--git-sha").out().strip()).isEqualTo(commit);
      assertThat(Host.run("stat", "-c", "%a", server.root() + "/.netrc").out()).isEqualTo("600\n");
      server.ssh("git:auth", closed.host()).succeeded();
      String masked = closed.url("closed/.git").replace("//", "//ann:secret@");
      assertThat(server.ssh("git:sync", app, masked).succeeded().all())
          .contains("//***@")
          .doesNotContain("secret");
    }
  }

  @Test
  void theFilesOfSubmodulesAreInTheImage() { // A4.2 row 12
    Repository inner = Repository.at(server, elsewhere.resolve("inner"), "probe");
    inner.write("page.txt", "From the innermost").commit("Innermost");
    Repository middle = Repository.at(server, elsewhere.resolve("middle"), "probe");
    addSubmodule(middle, "../../inner/.git", "deep");
    String app = server.newApp("modules");
    Repository repository = Repository.of(server, app);
    addSubmodule(repository, http.url("middle/.git"), "lib");
    repository.git("rm", "-q", "page.txt").succeeded();
    repository.git("config", "core.symlinks", "true").succeeded();
    Host.run("ln", "-s", "lib/deep/page.txt", repository.folder().resolve("page.txt") + "")
        .succeeded();
    repository.commit("With a submodule in a submodule");

    repository.push().succeeded();

    assertThat(server.get(app, "/").body()).isEqualTo("From the innermost\n");
  }

  @Test
  void submodulesReachNeitherFilesNorProgramsOfThisServer() { // A15
    String app = server.newApp("traps");
    Path proof = server.folder().resolve("run/proof");
    Repository other = Repository.at(server, elsewhere.resolve("trap"), "probe");
    for (String url :
        List.of(
            "file://" + elsewhere + "/trap",
            elsewhere + "/trap",
            "ext::touch " + proof,
            "git://" + http.host() + "/trap",
            "../trap",
            "http://127.0.0.1:1/trap")) {
      Repository repository = Repository.copyOf(other, Server.uniqueName("copy"));
      repository.git("remote", "add", "dokku", "slipway:" + app).succeeded();
      addSubmodule(repository, url, "lib");
      Ran push = repository.push().failed();
      assertThat(push.all())
          .as(url)
          .containsAnyOf(
              "Invalid git remote",
              "fetched by http, https and ssh only",
              "is relative: give it in full",
              "can only be reached from this server itself",
              "gitmodulesUrl");
    }
    assertThat(proof).doesNotExist();
    assertThat(server.running(app)).isEmpty();
  }

  /** Without asking the URL. */
  private static void addSubmodule(Repository repository, String url, String path) {
    String commit =
        Host.run(
                "git",
                "-c",
                "safe.directory=*",
                "-C",
                elsewhere.resolve(
                        path.equals("deep") ? "inner" : url.contains("middle") ? "middle" : "trap")
                    + "",
                "rev-parse",
                "HEAD")
            .succeeded()
            .out()
            .strip();
    repository.write(
        ".gitmodules", "[submodule \"%s\"]\n\tpath = %s\n\turl = %s\n".formatted(path, path, url));
    repository.commit("Names a submodule");
    repository
        .git("update-index", "--add", "--cacheinfo", "160000," + commit + "," + path)
        .succeeded();
    repository
        .git(
            "-c",
            "user.name=Developer",
            "-c",
            "user.email=developer@example.test",
            "commit",
            "-q",
            "-m",
            "Adds a submodule")
        .succeeded();
    Host.run("mkdir", "-p", repository.folder().resolve(path).toString()).succeeded();
  }

  @Test
  void aPushFromAShallowCloneIsRefusedBeforeAnythingIsBuiltAndSaysWhatToDo() {
    String app = server.newApp("shallow");
    Repository whole = Repository.of(server, app);
    whole.commit("More history");
    Path folder = server.folder().resolve("me").resolve(app + "-shallow");
    Host.run("git", "clone", "-q", "--depth", "1", "file://" + whole.folder(), folder.toString())
        .succeeded();
    Repository shallow = Repository.in(server, folder);
    shallow.git("remote", "add", "dokku", "slipway:" + app).succeeded();

    Ran push = shallow.push().failed();

    assertThat(push.all())
        .contains("This push comes from a shallow clone: a part of its history is missing")
        .contains("git fetch --unshallow")
        .doesNotContain("Building");
    assertThat(server.running(app)).isEmpty();
    shallow.git("fetch", "-q", "--unshallow").succeeded();
    shallow.push().succeeded();
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  @Test
  void anArchiveOfAnAppIsSentToWhoAsks() throws IOException {
    String app = server.newApp("export");
    Repository remote = Repository.at(server, elsewhere.resolve("export"), "probe");
    remote.commit("Exported");
    server.ssh("git:sync", app, http.url("export/.git")).succeeded();

    Ran archive =
        remote.git("archive", "--remote=slipway:" + app, "master", "page.txt").succeeded();
    Ran none = remote.git("archive", "--remote=slipway:no-such-app", "master").failed();

    assertThat(archive.out()).contains("Hello, World!");
    assertThat(none.all()).contains("App no-such-app does not exist");
    List<String> listed =
        new ArrayList<>(server.dokku("--quiet", "apps:list").out().lines().toList());
    assertThat(listed).doesNotContain("no-such-app");
  }
}
