package dev.slipway.proxy;

import dev.slipway.core.call.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How nginx is run on this host. Either it is the system's, tested by {@code sudo nginx -t} and
 * reloaded as a service, or a private one that runs as the daemon's own user, told by {@code
 * SLIPWAY_NGINX_CONF}. Spec: 02 section 6.9.
 *
 * @param binary the program
 * @param conf the main configuration of a private nginx; absent for the system's
 * @param pidFile where the master writes its process id
 * @param logRoot where the logs of apps go by default
 * @param statusPort the port on the loopback address that answers the generation; 0 lets the daemon
 *     choose one and remember it
 */
public record NginxHost(
    Path binary, Optional<Path> conf, Path pidFile, Path logRoot, int statusPort) {
  private static final Path OPENRESTY = Path.of("/usr/bin/openresty");
  private static final Path SYSTEMD = Path.of("/run/systemd/system");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  /** Reads {@code SLIPWAY_NGINX_CONF}, {@code _PID}, {@code _LOGS} and {@code _STATUS_PORT}. */
  public static NginxHost from(Map<String, String> environment) {
    Optional<Path> conf = Optional.ofNullable(environment.get("SLIPWAY_NGINX_CONF")).map(Path::of);
    Path systemLogs =
        Path.of(Files.isExecutable(OPENRESTY) ? "/var/log/openresty" : "/var/log/nginx");
    Path logs =
        Optional.ofNullable(environment.get("SLIPWAY_NGINX_LOGS"))
            .map(Path::of)
            .or(() -> conf.map(file -> file.toAbsolutePath().resolveSibling("logs")))
            .orElse(systemLogs);
    return new NginxHost(
        find(environment.getOrDefault("PATH", "")),
        conf,
        Path.of(environment.getOrDefault("SLIPWAY_NGINX_PID", "/run/nginx.pid")),
        logs,
        Integer.parseInt(environment.getOrDefault("SLIPWAY_NGINX_STATUS_PORT", "0")));
  }

  private static Path find(String searchPath) {
    if (Files.isExecutable(OPENRESTY)) {
      return OPENRESTY;
    }
    return Arrays.stream(searchPath.split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(Path.of("/usr/sbin/nginx"));
  }

  boolean isPrivate() {
    return conf.isPresent();
  }

  /** Tests the whole configuration. */
  Program test() {
    List<String> words = new ArrayList<>(List.of(binary.toString()));
    conf.ifPresent(file -> words.addAll(List.of("-c", file.toString())));
    words.add("-t");
    return privileged(words);
  }

  /** Tests another main configuration. */
  Program test(Path main) {
    return privileged(List.of(binary.toString(), "-t", "-c", main.toString()));
  }

  /** Prints the version on standard error; needs no privilege. */
  Program version() {
    return program(List.of(binary.toString(), "-v"));
  }

  /**
   * Asks for a reload, which goes on after the program ended.
   *
   * @param serviceCommand what is called instead of the init system; empty where unset
   */
  Program reload(String serviceCommand) {
    if (conf.isPresent()) {
      return program(List.of(binary.toString(), "-c", conf.get().toString(), "-s", "reload"));
    }
    return service("reload", serviceCommand);
  }

  /** Asks whatever runs services here, or the command that stands in for it. */
  Program service(String verb, String serviceCommand) {
    if (!serviceCommand.isBlank()) {
      List<String> words = new ArrayList<>(List.of(serviceCommand.strip().split("\\s+")));
      words.add(verb);
      return program(words);
    }
    String service = binary.equals(OPENRESTY) ? "openresty" : "nginx";
    for (String systemctl : List.of("/usr/bin/systemctl", "/bin/systemctl")) {
      // the program may be there where systemd does not run, as in a container
      if (Files.isDirectory(SYSTEMD) && Files.isExecutable(Path.of(systemctl))) {
        return privileged(List.of(systemctl, verb, service));
      }
    }
    Path script = Path.of("/etc/init.d", service);
    // invoke-rc.d does nothing, successfully, where no init system runs at all, as in a container
    return Files.isExecutable(script)
        ? privileged(List.of(script.toString(), verb))
        : privileged(List.of("/usr/sbin/invoke-rc.d", service, verb));
  }

  private Program privileged(List<String> words) {
    if (isPrivate() || "root".equals(System.getProperty("user.name"))) {
      return program(words);
    }
    List<String> raised = new ArrayList<>(List.of("/usr/bin/sudo", "-n"));
    raised.addAll(words);
    return program(raised);
  }

  private static Program program(List<String> words) {
    return Program.of(
        Path.of(words.getFirst()), words.subList(1, words.size()), ENVIRONMENT, Path.of("/"));
  }
}
