package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.door.FakeDaemon.Served;
import dev.slipway.cli.door.LauncherProgram.End;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whose user the launcher goes on as. The daemon here is a small relay that runs as {@code nobody}
 * and joins the one connection it accepts with its own standard streams. Needs root.
 */
@Timeout(120)
class LauncherUserIT {
  private static final String RELAY =
      """
      use strict; use Socket; my ($path) = @ARGV; $| = 1;
      socket(my $server, PF_UNIX, SOCK_STREAM, 0) or die; bind($server, pack_sockaddr_un($path)) or die;
      chmod 0666, $path; listen($server, 5) or die; print "L";
      accept(my $peer, $server) or die;
      my $child = fork; my $buffer;
      if (!$child) {
        while (sysread(STDIN, $buffer, 65536)) { syswrite($peer, $buffer); }
        exit;
      }
      while (sysread($peer, $buffer, 65536)) { syswrite(STDOUT, $buffer); }
      kill 'KILL', $child;
      """;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

  private Path folder;
  private Path socket;
  private Path program;

  @BeforeEach
  void makeAFolderThatAllCanEnter() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    folder = Files.createTempDirectory(Path.of("/tmp"), "slipway-test");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    socket = folder.resolve("s");
    program = folder.resolve("dokku");
    Files.copy(Path.of(Launched.PROGRAM), program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void removeTheFolder() throws IOException {
    if (folder != null) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void rootBecomesTheDaemonsUserBeforeItRunsAnything() throws Exception {
    String script =
        "id -u; id -ru; id -g; id -G; grep CapEff /proc/self/status; "
            + "echo $HOME $USER $LOGNAME $SSH_USER ${TMPDIR-none} ${DOKKU_PID-none}";
    ProcessBuilder builder = builder(List.of(program.toString(), "apps:list"));
    builder.environment().put("TMPDIR", "/elsewhere");
    builder.environment().put("DOKKU_PID", "1");
    try (Launched relay = relay();
        Launched launched = Launched.start(builder);
        Served call = served(relay)) {
      Map<String, String> environment = call.request().environmentByName();
      assertThat(environment)
          .containsEntry("SSH_USER", "root")
          .containsEntry("HOME", "/nonexistent")
          .doesNotContainKeys("TMPDIR", "DOKKU_PID");
      End end =
          call.session()
              .run(
                  new LauncherProgram(
                      "/bin/bash", List.of("bash", "-c", script), environment, "/"));
      call.session().exit(0);

      assertThat(end).isEqualTo(new End(0, ""));
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.output())
          .isEqualTo(
              """
              65534
              65534
              65534
              65534
              CapEff:\t0000000000000000
              /nonexistent nobody nobody root none none
              """);
    }
  }

  @Test
  void theDaemonsUserKeepsItsEnvironmentAndItsCallersName() throws Exception {
    ProcessBuilder builder = builder(asNobody(program.toString(), "apps:list"));
    builder.environment().put("SSH_USER", "alice");
    builder.environment().put("TMPDIR", "/elsewhere");
    try (Launched relay = relay();
        Launched launched = Launched.start(builder);
        Served call = served(relay)) {
      call.session().exit(0);

      assertThat(launched.exitCode()).isZero();
      assertThat(call.request().environmentByName())
          .containsEntry("SSH_USER", "alice")
          .containsEntry("TMPDIR", "/elsewhere");
    }
  }

  @Test
  void refusesAnotherUserWhoAnswersAtItsOwnSocket() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(socket)) {
      Files.setOwner(
          socket,
          socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
      try (Launched launched = Launched.start(builder(asNobody(program.toString(), "apps:list")))) {

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.errors())
            .isEqualTo(
                " !     User id 0 answers at " + daemon.socket() + " instead of its owner\n");
      }
    }
  }

  @Test
  void anotherUserComesBackThroughSudo() throws Exception {
    Path sudo =
        Files.writeString(
            folder.resolve("sudo"), "#!/bin/sh\nprintf '%s\\n' \"$@\" $SSH_USER ${TMP-none}\n");
    Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder = builder(asDaemon(program.toString(), "--quiet", "config:set", "a b"));
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("TMP", "/elsewhere");
    try (Launched relay = relay();
        Launched launched = Launched.start(builder)) {

      assertThat(relay.process().isAlive()).isTrue();
      assertThat(launched.output().lines())
          .containsExactly(
              "-u",
              "nobody",
              "-E",
              "-H",
              program.toString(),
              "--quiet",
              "config:set",
              "a b",
              "daemon",
              "none");
      assertThat(launched.exitCode()).isZero();
    }
  }

  @Test
  void saysThatSudoIsMissing() throws Exception {
    ProcessBuilder builder = builder(asDaemon(program.toString(), "apps:list"));
    builder.environment().put("PATH", folder.toString());
    try (Launched relay = relay();
        Launched launched = Launched.start(builder)) {

      assertThat(relay.process().isAlive()).isTrue();
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.errors())
          .isEqualTo(
              " !     Only user nobody may talk to the daemon, and sudo cannot be run: "
                  + "No such file or directory\n");
    }
  }

  @Test
  void rootCommandsGoToTheAdministratorsProgram() throws Exception {
    Path admin = admin("rwxr-xr-x");
    for (List<String> words :
        List.of(
            List.of("plugin:install", "url"),
            List.of("--quiet", "--app", "plugin:list", "smoke-test-plugin:test"),
            List.of("ssh-keys:add", "me"),
            List.of("--app", "a", "ssh-keys:remove", "me"))) {
      try (Launched launched = Launched.start(adminBuilder(admin, words))) {
        List<String> expected = new ArrayList<>(List.of("admin"));
        expected.addAll(words);
        expected.addAll(List.of("root", "kept"));

        assertThat(launched.output().lines()).containsExactlyElementsOf(expected);
        assertThat(launched.exitCode()).isEqualTo(11);
      }
    }
  }

  @Test
  void theDaemonIsStartedByTheAdministratorsProgram() throws Exception {
    try (Launched launched =
        Launched.start(adminBuilder(admin("rwxr-xr-x"), List.of("daemon", "--x")))) {
      assertThat(launched.output().lines()).containsExactly("daemon", "--x", "kept");
    }
  }

  @Test
  void whoeverComesThroughSudoDoesNotNameTheAdministratorsProgram() throws Exception {
    for (String word : List.of("daemon", "plugin:install")) {
      ProcessBuilder builder = adminBuilder(admin("rwxr-xr-x"), List.of(word));
      builder.environment().put("SUDO_UID", "1000");
      try (Launched launched = Launched.start(builder)) {
        assertThat(launched.output()).doesNotContain("kept");
      }
    }
  }

  @Test
  void nobodyStartsADaemonThatOthersMayWrite() throws Exception {
    Path admin = admin("rwxr-xrwx");
    ProcessBuilder builder =
        builder(asNobody("env", "SLIPWAY_ADMIN=" + admin, program.toString(), "daemon"));
    try (Launched launched = Launched.start(builder)) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.errors())
          .isEqualTo(
              " !     "
                  + admin
                  + " must belong to root or its caller and be writable by nobody else\n");
    }
  }

  @Test
  void ordinaryCommandsDoNotGoToTheAdministratorsProgram() throws Exception {
    Path admin = admin("rwxr-xr-x");
    for (String word : List.of("plugin:list", "plugin:help", "ssh-keys:list", "apps:list")) {
      try (Launched launched = Launched.start(adminBuilder(admin, List.of(word, "plugin:x")))) {
        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.errors()).contains("does not answer at " + socket);
      }
    }
  }

  @Test
  void rootDoesNotRunAProgramThatOthersMayWrite() throws Exception {
    Path admin = admin("rwxr-xrwx");
    try (Launched launched = Launched.start(adminBuilder(admin, List.of("plugin:install")))) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.errors())
          .isEqualTo(" !     " + admin + " must belong to root and be writable by nobody else\n");
    }
  }

  private Path admin(String mode) throws IOException {
    Path admin =
        Files.writeString(
            folder.resolve("admin"), "#!/bin/sh\nprintf '%s\\n' \"$@\" $SSH_USER $KEPT\nexit 11\n");
    Files.setPosixFilePermissions(admin, PosixFilePermissions.fromString(mode));
    return admin;
  }

  private ProcessBuilder adminBuilder(Path admin, List<String> words) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(words);
    ProcessBuilder builder = builder(command);
    builder.environment().put("SLIPWAY_ADMIN", admin.toString());
    builder.environment().put("KEPT", "kept");
    return builder;
  }

  /** The leak check cannot look into a process that has changed its user. */
  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = Launched.builder(command);
    builder.environment().put("SLIPWAY_SOCKET", socket.toString());
    builder.environment().put("ASAN_OPTIONS", "exitcode=99:detect_leaks=0");
    builder.directory(folder.toFile());
    return builder;
  }

  private static List<String> asNobody(String... words) {
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of(words));
    return command;
  }

  /** Another user, one of those that every system has. */
  private static List<String> asDaemon(String... words) {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups"));
    command.addAll(List.of(words));
    return command;
  }

  private Launched relay() throws IOException {
    Launched relay =
        Launched.start(Launched.builder(asNobody("perl", "-e", RELAY, socket.toString())));
    assertThat(relay.process().getInputStream().read()).isEqualTo('L');
    return relay;
  }

  private static Served served(Launched relay) throws IOException {
    LauncherWire wire =
        new LauncherWire(
            relay.process().getInputStream(),
            new BufferedOutputStream(relay.process().getOutputStream()));
    return new Served(wire, relay.process().getOutputStream());
  }
}
