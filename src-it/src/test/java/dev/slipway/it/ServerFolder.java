package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The folder of a private installation, and how its daemon and its nginx start:
 *
 * <pre>
 * dist/  the distribution      root/ lib/ log/ run/  the daemon's folders
 * nginx/ configuration, log    me/   the developer's key and ssh_config
 * </pre>
 */
final class ServerFolder {
  private static final String USER =
      Optional.ofNullable(System.getenv("SLIPWAY_TEST_USER")).orElse("slipway-test");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path path;
  private final Map<String, String> variables = new LinkedHashMap<>();

  /**
   * @param extra settings of the daemon beside the usual ones
   */
  ServerFolder(Map<String, String> extra) {
    try {
      this.path = Files.createTempDirectory(Path.of("/tmp"), "slipway-it-");
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    copyDistribution();
    settings(extra);
  }

  Path path() {
    return path;
  }

  /** The daemon's environment, which the launcher shares. */
  Map<String, String> variables() {
    return variables;
  }

  String launcher() {
    return path + "/dist/bin/dokku";
  }

  String log() {
    Path file = path.resolve("log/daemon.log");
    return Files.exists(file) ? Server.read(file) : "";
  }

  private void copyDistribution() {
    String dist =
        Optional.ofNullable(System.getenv("SLIPWAY_DIST")).orElse("../paas-cli/target/dist");
    Host.run("cp", "-r", Path.of(dist).toAbsolutePath().normalize().toString(), path + "/dist")
        .succeeded();
    Host.run("chmod", "-R", "a+rX", path + "/dist").succeeded();
    for (String name : List.of("root", "lib", "log", "run", "nginx", "me")) {
      Host.run("install", "-d", "-o", name.equals("me") ? "root" : USER, path + "/" + name)
          .succeeded();
    }
  }

  private void settings(Map<String, String> extra) {
    variables.put(
        "PATH", path + "/dist/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin");
    variables.put("HOME", path + "/root");
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("SLIPWAY_JAVA", ProcessHandle.current().info().command().orElse("java"));
    variables.put("DOKKU_ROOT", path + "/root");
    variables.put("DOKKU_LIB_PATH", path + "/lib");
    variables.put("DOKKU_LOGS_DIR", path + "/log");
    variables.put("DOKKU_SYSTEM_USER", USER);
    variables.put("DOKKU_SYSTEM_GROUP", USER);
    variables.put("SLIPWAY_RUN_DIR", path + "/run");
    variables.put("SLIPWAY_SSH_PORT", "0");
    variables.put("SLIPWAY_SSH_ADDRESS", "127.0.0.1");
    variables.put("SLIPWAY_NGINX_CONF", path + "/nginx/nginx.conf");
    variables.put("SLIPWAY_NGINX_PID", path + "/nginx/nginx.pid");
    variables.put("SLIPWAY_SOCKET", path + "/run/slipway.sock");
    variables.put("SLIPWAY_ADMIN", path + "/dist/bin/slipway-jvm");
    variables.putAll(extra);
  }

  /** Returns when it runs. */
  Process startNginx() {
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
            .formatted(path.resolve("nginx"), path.resolve("lib"));
    Server.write(path.resolve("nginx/nginx.conf"), conf);
    Process process =
        Host.start(
            path,
            Map.of(),
            Host.as(
                USER,
                Map.of("PATH", "/usr/sbin:/usr/bin:/bin"),
                List.of(
                    "nginx", "-e", path + "/nginx/error.log", "-c", path + "/nginx/nginx.conf")));
    Host.await("nginx runs", PATIENCE, () -> Files.exists(path.resolve("nginx/nginx.pid")));
    return process;
  }

  /**
   * Returns when its doors are open.
   *
   * @param change changes the command that starts it
   */
  Process startDaemon(UnaryOperator<List<String>> change) {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "exec \"$@\" >>" + path + "/log/daemon.log 2>&1", "sh"));
    command.addAll(change.apply(List.of(path + "/dist/bin/slipway-jvm", "daemon")));
    Server.delete(path.resolve("run/ssh.port"));
    Process process = Host.start(path, Map.of(), Host.as(USER, variables, command));
    Host.await(
        "the daemon listens; its log says: " + log(),
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the daemon ended: " + log());
          }
          return Files.exists(path.resolve("run/ssh.port"))
              && Files.exists(path.resolve("run/slipway.sock"));
        });
    return process;
  }

  /** Makes a key that the daemon lets in. */
  void makeKey() {
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
            path + "/me/key")
        .succeeded();
    Host.run(
            path,
            variables,
            Server.readBytes(path.resolve("me/key.pub")),
            List.of(launcher(), "ssh-keys:add", "admin"))
        .succeeded();
    writeSshConfig();
  }

  /** The daemon chooses its port anew at each start. */
  void writeSshConfig() {
    Server.write(
        path.resolve("me/ssh_config"),
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
            .formatted(Server.read(path.resolve("run/ssh.port")).strip(), path));
  }
}
