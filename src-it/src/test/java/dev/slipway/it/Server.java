package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A private installation: a daemon and an nginx run by the test user, with roots, ports and a key
 * of their own, side by side with any other. Needs root, a docker engine, nginx, ssh and git.
 */
final class Server implements AutoCloseable {
  static final String IMAGE =
      Optional.ofNullable(System.getenv("SLIPWAY_TEST_IMAGE"))
          .orElse("slipway/sample-base:bookworm");

  private final ServerFolder folder;
  private final int httpPort = freePort();
  private final UnaryOperator<List<String>> daemonCommand;
  private final Process nginx;
  private Process daemon;

  private Server(Map<String, String> extra, UnaryOperator<List<String>> daemonCommand) {
    this.folder = new ServerFolder(extra);
    this.daemonCommand = daemonCommand;
    this.nginx = folder.startNginx();
    this.daemon = folder.startDaemon(daemonCommand);
    folder.makeKey();
  }

  static Server launch() {
    return launch(Map.of(), command -> command);
  }

  /**
   * @param extra settings of the daemon beside the usual ones
   * @param daemonCommand changes the command that starts the daemon
   */
  static Server launch(Map<String, String> extra, UnaryOperator<List<String>> daemonCommand) {
    Server server = new Server(extra, daemonCommand);
    server.dokku("domains:set-global", "example.test").succeeded();
    server
        .dokku("proxy:set", "--global", "proxy-port", Integer.toString(server.httpPort))
        .succeeded();
    server.dokku("checks:set", "--global", "wait-to-retire", "2").succeeded();
    return server;
  }

  Path folder() {
    return folder.path();
  }

  Path root() {
    return folder().resolve("root");
  }

  Path lib() {
    return folder().resolve("lib");
  }

  int httpPort() {
    return httpPort;
  }

  Map<String, String> variables() {
    return folder.variables();
  }

  String launcher() {
    return folder.launcher();
  }

  /** The option of git and ssh that makes them use this server's key. */
  String sshCommand() {
    return "ssh -F " + folder() + "/me/ssh_config";
  }

  /** Runs a command by the local door, as root would. */
  Ran dokku(String... words) {
    return dokku(new byte[0], words);
  }

  Ran dokku(byte[] input, String... words) {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(Arrays.asList(words));
    return Host.run(folder(), variables(), input, command);
  }

  /** Runs a command over SSH; the words travel as ssh sends them, joined by blanks. */
  Ran ssh(String... words) {
    return ssh(new byte[0], words);
  }

  Ran ssh(byte[] input, String... words) {
    return Host.run(folder(), Map.of(), input, sshWords(words));
  }

  List<String> sshWords(String... words) {
    List<String> command =
        new ArrayList<>(List.of("ssh", "-F", folder() + "/me/ssh_config", "slipway"));
    command.addAll(Arrays.asList(words));
    return command;
  }

  /** An app that exists and whose builds find their base image, with a name nobody else has. */
  String newApp(String hint) {
    String app = uniqueName(hint);
    dokku("apps:create", app).succeeded();
    dokku("docker-options:add", app, "build", "--build-arg BASE_IMAGE=" + IMAGE).succeeded();
    return app;
  }

  static String uniqueName(String hint) {
    return hint + "-" + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
  }

  /** Asks the proxy for a page of an app. */
  RawHttp.Answer get(String app, String path) {
    return getHost(app + ".example.test", path);
  }

  RawHttp.Answer getHost(String host, String path) {
    try {
      return RawHttp.get(httpPort, host, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the daemon as an administrator would. */
  void stopDaemon() {
    end(daemon.toHandle(), false);
  }

  /** Ends the daemon with SIGKILL. */
  void killDaemon() {
    end(daemon.toHandle(), true);
  }

  void startDaemonAgain() {
    daemon = folder.startDaemon(daemonCommand);
    folder.writeSshConfig();
  }

  Process daemon() {
    return daemon;
  }

  String log() {
    return folder.log();
  }

  /** The label that all objects of this installation have at the engine. */
  String label() {
    return "dev.slipway.installation=" + read(lib().resolve("data/slipway/id")).strip();
  }

  Ran docker(String... words) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/docker"));
    command.addAll(Arrays.asList(words));
    Map<String, String> engine = new LinkedHashMap<>();
    Optional.ofNullable(variables().get("DOCKER_HOST"))
        .ifPresent(host -> engine.put("DOCKER_HOST", host));
    return Host.run(folder(), engine, new byte[0], command);
  }

  /** Names of the containers of an app that run, sorted. */
  List<String> running(String app) {
    return docker("ps", "--filter", "label=com.dokku.app-name=" + app, "--format", "{{.Names}}")
        .succeeded()
        .out()
        .lines()
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    String label = Files.exists(lib().resolve("data/slipway/id")) ? label() : "";
    List<String> apps = dokku("--quiet", "apps:list").out().lines().toList();
    end(daemon.toHandle(), false);
    end(nginx.toHandle(), false);
    if (!label.isEmpty()) {
      sweep(label, apps);
    }
    if (!"true".equals(System.getenv("SLIPWAY_IT_KEEP"))) {
      Host.run("rm", "-rf", folder().toString());
    }
  }

  private void sweep(String label, List<String> apps) {
    docker("ps", "-aq", "--filter", "label=" + label)
        .out()
        .lines()
        .forEach(id -> docker("rm", "-f", "-v", id));
    docker("network", "ls", "-q", "--filter", "label=" + label)
        .out()
        .lines()
        .forEach(id -> docker("network", "rm", id));
    docker("volume", "ls", "-q", "--filter", "label=" + label)
        .out()
        .lines()
        .forEach(name -> docker("volume", "rm", name));
    apps.forEach(
        app ->
            docker("images", "-q", "--filter", "label=com.dokku.app-name=" + app)
                .out()
                .lines()
                .distinct()
                .forEach(id -> docker("rmi", "-f", id)));
  }

  private static void end(ProcessHandle handle, boolean force) {
    if (force) {
      handle.destroyForcibly();
    } else {
      handle.destroy();
    }
    try {
      handle.onExit().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      handle.destroyForcibly();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    return new String(readBytes(file), UTF_8);
  }

  static byte[] readBytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
