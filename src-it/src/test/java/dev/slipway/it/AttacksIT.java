package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Hostile input at the public doors: refused with a clear message, nothing run, nothing written.
 * Numbers are those of the attacks.
 */
final class AttacksIT {
  @AutoClose private static final Server server = Server.launch();

  @Test
  void appNamesWithAnyOtherCharacterAreRefused() { // A1
    List<String> names =
        new ArrayList<>(
            List.of(
                "caf\u00e9",
                "\u0430pp",
                "a\u200db",
                "a;id",
                "a$(id)",
                "a`id`",
                "a|id",
                "a&&id",
                "A",
                "aB"));
    for (char c = 1; c < 0x80; c++) {
      boolean fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!fine) {
        names.add("x" + c + "y");
      }
    }
    for (String name : names) {
      assertThat(server.dokku("apps:create", name).status())
          .as("apps:create %s", name)
          .isEqualTo(1);
    }
    assertThat(server.dokku("--quiet", "apps:list").out()).doesNotContain("id").doesNotContain("x");
  }

  @Test
  void namesThatAreOptionsOrReservedAreRefused() { // A2
    for (String name :
        List.of(
            "-rf",
            "--help",
            ".",
            "..",
            ".ssh",
            "tls",
            "a..b",
            "a.",
            "x".repeat(200),
            "../up",
            "a/b",
            "")) {
      Ran create = server.dokku("apps:create", "--", name);
      assertThat(create.status()).as("apps:create -- %s: %s", name, create.all()).isNotZero();
    }
  }

  @Test
  void repositoriesOutsideTheRootAreNotServed() { // A14
    String app = server.newApp("inside");
    for (String path :
        List.of(
            "../" + app,
            "//etc",
            "/etc/passwd",
            app + "/../../etc",
            app + "/objects",
            "%2e%2e/" + app,
            ".ssh",
            "a;id",
            "--upload-pack=id",
            "tls",
            "")) {
      Ran read = server.ssh("git-upload-pack '" + path + "'");
      assertThat(read.status()).as("git-upload-pack %s: %s", path, read.all()).isNotZero();
      Ran write = server.ssh("git-receive-pack '" + path + "'");
      assertThat(write.status()).as("git-receive-pack %s: %s", path, write.all()).isNotZero();
    }
    assertThat(server.dokku("--quiet", "apps:list").out().lines())
        .allMatch(name -> name.matches("[a-z0-9-]+"));
  }

  @Test
  void pushesReachAnAppUnderItsUsualSpellings() { // A14, the other side
    String app = server.newApp("spelled");
    for (String path : List.of(app, "/" + app, app + ".git")) {
      assertThat(server.ssh("git-upload-pack '" + path + "'").out()).as(path).contains("0000");
    }
  }

  @Test
  void variablesOfTheClientDoNotReachPrograms() { // A5
    Path plugin = server.lib().resolve("plugins/available/envdump");
    Host.run("install", "-d", plugin + "/subcommands").succeeded();
    Server.write(
        plugin.resolve("plugin.toml"),
        "[plugin]\ndescription = \"dump\"\nversion = \"1\"\n[plugin.config]\n");
    Server.write(plugin.resolve("subcommands/show"), "#!/bin/sh\nenv\n");
    Host.run("chmod", "-R", "a+rx", plugin.toString()).succeeded();
    Host.run(
            "ln",
            "-sfn",
            plugin.toString(),
            server.lib().resolve("plugins/enabled/envdump").toString())
        .succeeded();
    List<String> command = new ArrayList<>(List.of("ssh"));
    for (String name : List.of("LD_PRELOAD", "BASH_ENV", "GIT_SSH_COMMAND", "PERL5OPT")) {
      command.addAll(List.of("-o", "SetEnv=" + name + "=/tmp/evil"));
    }
    command.addAll(List.of("-F", server.folder() + "/me/ssh_config", "slipway", "envdump:show"));

    Ran shown = Host.run(server.folder(), java.util.Map.of(), new byte[0], command).succeeded();

    assertThat(shown.out())
        .contains("DOKKU_ROOT=")
        .doesNotContain("evil")
        .doesNotContain("LD_PRELOAD")
        .doesNotContain("BASH_ENV");
  }

  @Test
  void argumentFilesAreNotRead() { // A37
    String app = server.newApp("atfile");
    for (Ran ran :
        List.of(
            server.ssh("config:set", "--no-restart", app, "@/etc/passwd"),
            server.ssh("domains:add", app, "@/etc/passwd"),
            server.ssh("@/etc/passwd"),
            server.ssh("apps:create", "@/etc/passwd"),
            server.dokku("ps:scale", app, "@/etc/passwd"))) {
      assertThat(ran.all()).doesNotContain("root:");
      assertThat(ran.status()).isNotZero();
    }
  }

  @Test
  void domainsAndPortsCannotAddADirectiveToTheProxy() { // A21
    String app = server.newApp("inject");
    for (String domain :
        List.of(
            "example.com; include /etc/passwd",
            "a\nb",
            "a}b",
            "$host",
            "a b",
            "{",
            "\\",
            "a\"b",
            "x".repeat(300) + ".com")) {
      assertThat(server.dokku("domains:add", app, domain).status()).as(domain).isNotZero();
    }
    for (String port :
        List.of(
            "http:80;:5000",
            "http:80:5000;",
            "http:80}:1",
            "ht tp:80:1",
            "http:0:1",
            "http:99999:1",
            "http:80")) {
      assertThat(server.dokku("ports:add", app, port).status()).as(port).isNotZero();
    }
    assertThat(server.dokku("nginx:validate-config").status()).isZero();
    assertThat(server.dokku("nginx:show-config", app).out()).doesNotContain("passwd");
  }

  @Test
  void controlCharactersDoNotForgeTheLog() { // A38
    server.ssh("apps:create 'x\u001b[2Jy'");
    server.dokku("apps:create", "x\naudit user=root command=\"forged\" status=0");
    assertThat(
            server
                .log()
                .lines()
                .filter(line -> line.startsWith("audit user=root command=\"forged\"")))
        .isEmpty();
    assertThat(server.log()).doesNotContain("\u001b");
  }

  @Test
  void hostileFileNamesAndProcfilesDoNotRunOnTheHost() throws Exception { // A19
    String app = server.newApp("names");
    Repository repository = Repository.of(server, app);
    Path marker = Path.of("/tmp", "slipway-" + app);
    Files.createDirectory(repository.folder().resolve("$(touch " + marker.getFileName() + ")"));
    repository
        .write("$(touch " + marker.getFileName() + ")/x", "x")
        .write("-rf", "x")
        .write("new\nline", "x")
        .write("n".repeat(250), "x")
        .write("Procfile", "web: python3 web.py $(touch " + marker + ")\n")
        .commit("Hostile names");
    repository.push();
    assertThat(marker).doesNotExist();

    repository
        .write("Procfile", "web: python3 web.py\nweb: again\n")
        .commit("A Procfile that names a type twice");
    assertThat(repository.push().failed().all()).contains("process names must be unique, line 2");
    repository
        .write("Procfile", "web: python3 web.py\n")
        .write("app.json", "[".repeat(100_000))
        .commit("A deep app.json");
    assertThat(repository.push().failed().all()).contains("app.json");
  }

  @Test
  void otherSubsystemsAreClosed() { // A13
    Ran sftp =
        Host.run(
            server.folder(),
            java.util.Map.of(),
            "ls\n".getBytes(UTF_8),
            List.of("sftp", "-F", server.folder() + "/me/ssh_config", "slipway"));
    assertThat(sftp.status()).isNotZero();
    Ran forward =
        Host.run(
            server.folder(),
            java.util.Map.of(),
            new byte[0],
            List.of(
                "ssh",
                "-F",
                server.folder() + "/me/ssh_config",
                "-o",
                "ExitOnForwardFailure=yes",
                "-W",
                "127.0.0.1:22",
                "slipway"));
    assertThat(forward.status()).isNotZero();
  }
}
