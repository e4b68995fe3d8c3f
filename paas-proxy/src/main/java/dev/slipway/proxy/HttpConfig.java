package dev.slipway.proxy;

import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;

/**
 * The file that the {@code http} block of the host's main configuration includes: it brings in the
 * files of all apps and the server that answers the generation. For the system's nginx it has no
 * line that another file of the host may have too.
 */
final class HttpConfig {
  private final Roots roots;
  private final NginxHost host;
  private final Generation generation;
  private final DurableFiles files;

  HttpConfig(Roots roots, NginxHost host, Generation generation, DurableFiles files) {
    this.roots = roots;
    this.host = host;
    this.generation = generation;
    this.files = files;
  }

  static Path folder(Roots roots) {
    return roots.slipway().resolve("nginx");
  }

  Path file() {
    return folder(roots).resolve("http.conf");
  }

  /** Writes it if it is missing or differs. */
  void write() {
    generation.prepare();
    String text = text();
    if (!files.read(file()).map(text::equals).orElse(false)) {
      files.write(file(), text, DurableFiles.READABLE);
    }
  }

  private String text() {
    String sites = roots.dokkuRoot() + "/*/nginx.conf";
    return "# written by Slipway; included in the http block\n"
        + (host.isPrivate() ? "server_names_hash_bucket_size 512;\nserver_tokens off;\n" : "")
        + "include "
        + ValueShape.quoted(sites)
        + ";\n"
        + generation.server();
  }

  /** A main configuration that holds nothing but one site, to test that alone. */
  String around(Path site) {
    String temp = folder(roots).resolve("temp").toString();
    return """
        error_log stderr;
        pid %1$s/test.pid;
        events { worker_connections 768; }
        http {
          access_log off;
          error_log /dev/null;
          server_names_hash_bucket_size 512;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          include %2$s;
        }
        """
        .formatted(temp, ValueShape.quoted(site.toString()));
  }
}
