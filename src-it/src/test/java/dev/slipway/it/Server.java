package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
  private static final String USER =
      Optional.ofNullable(System.getenv("SLIPWAY_TEST_USER")).orElse("slipway-test");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int httpPort = freePort();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final UnaryOperator<List<String>> daemonCommand;
  private final Process nginx;
  private Process daemon;

  private Server(Map<String, String> extra, UnaryOperator<List<String>> daemonCommand) {
    try {
      this.folder = Files.createTempDirectory(Path.of("/tmp"), "slipway-it-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.daemonCommand = daemonCommand;
    copyDistribution();
    settings(extra);
    this.nginx = startNginx();
    this.daemon = startDaemon();
    makeKey();
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

  private void copyDistribution() {
    String dist =
        Optional.ofNullable(System.getenv("SLIPWAY_DIST")).orElse("../paas-cli/target/dist");
    Host.run("cp", "-r", Path.of(dist).toAbsolutePath().normalize().toString(), folder + "/dist")
        .succeeded();
    Host.run("chmod", "-R", "a+rX", folder + "/dist").succeeded();
    for (String name : List.of("root", "lib", "log", "run", "nginx", "me")) {
      Host.run("install", "-d", "-o", name.equals("me") ? "root" : USER, folder + "/" + name)
          .succeeded();
    }
  }

  private void settings(Map<String, String> extra) {
    variables.put(
        "PATH", folder + "/dist/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin");
    variables.put("HOME", folder + "/root");
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("SLIPWAY_JAVA", ProcessHandle.current().info().command().orElse("java"));
    variables.put("DOKKU_ROOT", folder + "/root");
    variables.put("DOKKU_LIB_PATH", folder + "/lib");
    variables.put("DOKKU_LOGS_DIR", folder + "/log");
    variables.put("DOKKU_SYSTEM_USER", USER);
    variables.put("DOKKU_SYSTEM_GROUP", USER);
    variables.put("SLIPWAY_RUN_DIR", folder + "/run");
    variables.put("SLIPWAY_SSH_PORT", "0");
    variables.put("SLIPWAY_SSH_ADDRESS", "127.0.0.1");
    variables.put("SLIPWAY_NGINX_CONF", folder + "/nginx/nginx.conf");
    variables.put("SLIPWAY_NGINX_PID", folder + "/nginx/nginx.pid");
    variables.put("SLIPWAY_SOCKET", folder + "/run/slipway.sock");
    variables.put("SLIPWAY_ADMIN", folder + "/dist/bin/slipway-jvm");
    variables.putAll(extra);
  }

  private Process startNginx() {
    String conf =
        """
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        worker_processes 2;
        daemon off;
        events { worker_connections 512; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          include %2$s/data/slipway/nginx/http.con[f];
        }
        """
            .formatted(folder.resolve("nginx"), folder.resolve("lib"));
    write(folder.resolve("nginx/nginx.conf"), conf);
    Process process =
        Host.start(
            folder,
            Map.of(),
            Host.as(
                USER,
                Map.of("PATH", "/usr/sbin:/usr/bin:/bin"),
                List.of(
                    "nginx",
                    "-e",
                    folder + "/nginx/error.log",
                    "-c",
                    folder + "/nginx/nginx.conf")));
    Host.await("nginx runs", PATIENCE, () -> Files.exists(folder.resolve("nginx/nginx.pid")));
    return process;
  }

  private Process startDaemon() {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "exec \"$@\" >>" + folder + "/log/daemon.log 2>&1", "sh"));
    command.addAll(daemonCommand.apply(List.of(folder + "/dist/bin/slipway-jvm", "daemon")));
    delete(folder.resolve("run/ssh.port"));
    Process process = Host.start(folder, Map.of(), Host.as(USER, variables, command));
    Host.await(
        "the daemon listens; its log says: " + log(),
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the daemon ended: " + log());
          }
          return Files.exists(folder.resolve("run/ssh.port"))
              && Files.exists(folder.resolve("run/slipway.sock"));
        });
    return process;
  }

  private void makeKey() {
    Host.run(
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            "developer",
            "-f",
            folder + "/me/key")
        .succeeded();
    Host.run(
            folder,
            variables,
            readBytes(folder.resolve("me/key.pub")),
            List.of(launcher(), "ssh-keys:add", "admin"))
        .succeeded();
    writeSshConfig();
  }

  private void writeSshConfig() {
    write(
        folder.resolve("me/ssh_config"),
        """
        Host slipway
          HostName 127.0.0.1
          Port %s
          User dokku
          IdentityFile %s/me/key
          IdentitiesOnly yes
          UserKnownHostsFile /dev/null
          StrictHostKeyChecking no
          LogLevel ERROR
        """
            .formatted(read(folder.resolve("run/ssh.port")).strip(), folder));
  }

  Path folder() {
    return folder;
  }

  Path root() {
    return folder.resolve("root");
  }

  Path lib() {
    return folder.resolve("lib");
  }

  int httpPort() {
    return httpPort;
  }

  Map<String, String> variables() {
    return variables;
  }

  String launcher() {
    return folder + "/dist/bin/dokku";
  }

  /** The option of git and ssh that makes them use this server's key. */
  String sshCommand() {
    return "ssh -F " + folder + "/me/ssh_config";
  }

  /** Runs a command by the local door, as root would. */
  Ran dokku(String... words) {
    return dokku(new byte[0], words);
  }

  Ran dokku(byte[] input, String... words) {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(Arrays.asList(words));
    return Host.run(folder, variables, input, command);
  }

  /** Runs a command over SSH; the words travel as ssh sends them, joined by blanks. */
  Ran ssh(String... words) {
    return ssh(new byte[0], words);
  }

  Ran ssh(byte[] input, String... words) {
    return Host.run(folder, Map.of(), input, sshWords(words));
  }

  List<String> sshWords(String... words) {
    List<String> command =
        new ArrayList<>(List.of("ssh", "-F", folder + "/me/ssh_config", "slipway"));
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
    daemon = startDaemon();
    writeSshConfig();
  }

  Process daemon() {
    return daemon;
  }

  String log() {
    Path file = folder.resolve("log/daemon.log");
    return Files.exists(file) ? read(file) : "";
  }

  /** The label that all objects of this installation have at the engine. */
  String label() {
    return "dev.slipway.installation=" + read(lib().resolve("data/slipway/id")).strip();
  }

  Ran docker(String... words) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/docker"));
    command.addAll(Arrays.asList(words));
    Map<String, String> engine = new LinkedHashMap<>();
    Optional.ofNullable(variables.get("DOCKER_HOST"))
        .ifPresent(host -> engine.put("DOCKER_HOST", host));
    return Host.run(folder, engine, new byte[0], command);
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
      Host.run("rm", "-rf", folder.toString());
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

  private static byte[] readBytes(Path file) {
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

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
