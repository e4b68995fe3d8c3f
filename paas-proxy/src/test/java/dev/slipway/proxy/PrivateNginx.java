package dev.slipway.proxy;

import dev.slipway.core.call.Program;
import dev.slipway.core.certs.Certificates;
import dev.slipway.core.domains.Domains;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.ports.Ports;
import dev.slipway.core.process.Programs;
import dev.slipway.core.proxy.Proxies;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.CoreTriggers;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Hooks;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A whole proxy with a private nginx on free ports: the real families, with containers and config
 * replaced by what a test sets here.
 */
final class PrivateNginx implements AutoCloseable {
  final Roots roots;
  final DurableFiles files;
  final PropertyStore store;
  final Handlers handlers = new Handlers();
  final Triggers triggers;
  final NginxHost host;
  final NginxProxy proxy;
  final Domains domains;
  final Ports ports;
  final Map<AppName, String> listeners = new ConcurrentHashMap<>();
  private final Map<String, String> config = new ConcurrentHashMap<>();
  private final Programs programs = new Programs(Optional.empty());

  PrivateNginx(Path folder, NginxHost host) {
    this.host = host;
    this.roots =
        Roots.from(
            Map.of(
                "DOKKU_ROOT", folder.resolve("home").toString(),
                "DOKKU_LIB_PATH", folder.resolve("lib").toString(),
                "SLIPWAY_RUN_DIR", folder.resolve("run").toString(),
                "DOKKU_SYSTEM_USER", System.getProperty("user.name")));
    this.files = new DurableFiles(roots);
    this.store = new PropertyStore(roots, files);
    this.triggers = new Triggers(handlers, Hooks.NONE, programs);
    this.domains = new Domains(roots, files, triggers);
    this.ports = new Ports(store, triggers);
    this.proxy = new NginxProxy(roots, files, store, triggers, host, programs);
    domains.register(handlers);
    ports.register(handlers);
    new Proxies(store, triggers).register(handlers);
    new Certificates(roots, files).register(handlers);
    proxy.register(handlers);
    handlers
        .on(
            "network",
            CoreTriggers.NETWORK_GET_LISTENERS,
            at -> at.out().line(listeners.getOrDefault(at.app(0), "")))
        .on("scheduler", CoreTriggers.SCHEDULER_DETECT, at -> at.out().line("docker-local"))
        .on(
            "scheduler",
            CoreTriggers.SCHEDULER_IS_DEPLOYED,
            at -> {
              if (!listeners.containsKey(at.app(1))) {
                throw UserError.silent(1);
              }
            })
        .on(
            "config",
            CoreTriggers.CONFIG_GET,
            at -> at.out().line(config.getOrDefault(at.argument(0) + " " + at.argument(1), "")))
        .on(
            "config",
            CoreTriggers.CONFIG_SET,
            at -> {
              List<String> words = at.from(at.argument(0).startsWith("--") ? 1 : 0);
              String[] part = words.get(1).split("=", 2);
              config.put(words.get(0) + " " + part[0], part[1]);
            });
  }

  /** Without a running nginx: good for tests of configurations. */
  static PrivateNginx prepared(Path folder) {
    try {
      Files.createDirectories(folder.resolve("home"));
      Path conf = folder.resolve("nginx.conf");
      NginxHost host =
          new NginxHost(
              NginxHost.from(System.getenv()).binary(),
              Optional.of(conf),
              folder.resolve("nginx.pid"),
              folder.resolve("logs"),
              freePort());
      PrivateNginx made = new PrivateNginx(folder, host);
      made.proxy.prepare();
      Files.writeString(conf, made.mainConf(folder));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PrivateNginx running(Path folder) {
    PrivateNginx made = prepared(folder);
    made.nginx("-t");
    made.nginx();
    return made;
  }

  private String mainConf(Path folder) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return """
        %2$s
        worker_processes 2;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log notice;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          include %1$s/lib/data/slipway/nginx/http.conf;
        }
        """
        .formatted(folder, root ? "user root;" : "");
  }

  private void nginx(String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("-c", host.conf().orElseThrow() + ""));
    words.addAll(List.of(more));
    programs.capture(Program.of(host.binary(), words, Map.of(), Path.of("/")));
  }

  /** An app that is served on this port, by this address and container port. */
  AppName app(String name, int port, String address, int containerPort) {
    AppName app = new AppName(name);
    files.createDirectories(roots.app(app));
    files.write(roots.app(app).resolve("VHOST"), name + ".example.com\n", DurableFiles.READABLE);
    store.setList("ports", Scope.of(app), "map", List.of("http:" + port + ":" + containerPort));
    if (!address.isEmpty()) {
      listeners.put(app, address + ":" + containerPort);
    }
    return app;
  }

  /** Gives an app a certificate of its own making. */
  void certify(AppName app) {
    Path tls = roots.app(app).resolve("tls");
    files.createDirectories(tls);
    programs.capture(
        Program.of(
            Path.of("/usr/bin/openssl"),
            List.of(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=" + app + ".example.com",
                "-keyout",
                tls + "/server.key",
                "-out",
                tls + "/server.crt"),
            Map.of("PATH", "/usr/bin:/bin"),
            tls));
  }

  Path site(AppName app) {
    return roots.app(app).resolve("nginx.conf");
  }

  String read(Path file) {
    return files.read(file).orElse("");
  }

  /** The generation that the next reload will be counted from. */
  long generation() {
    return new Generation(HttpConfig.folder(roots), host.statusPort(), files).written();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (Files.exists(host.pidFile())) {
      nginx("-s", "stop");
    }
  }
}
