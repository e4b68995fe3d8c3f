package dev.slipway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Another git server: the repositories below a folder by git's own http backend, and files below
 * {@code /files/}. It listens on an address of this machine that is not the loopback one.
 */
final class GitHttp implements AutoCloseable {
  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Optional<String> login = Optional.empty();

  GitHttp(Path folder) {
    this.folder = folder;
    try {
      server = HttpServer.create(new InetSocketAddress(address(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::git);
    server.createContext("/files/", this::file);
    server.createContext("/elsewhere/", GitHttp::redirect);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * An address of this machine that others can reach, and that no other test takes away with a
   * network of its own.
   */
  static InetAddress address() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(each -> !each.getName().startsWith("br-") && !each.getName().startsWith("veth"))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
          .findFirst()
          .orElseThrow();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on only who knows this may come in. */
  void require(String user, String password) {
    login = Optional.of(user + ":" + password);
  }

  String host() {
    return server.getAddress().getAddress().getHostAddress();
  }

  String url(String path) {
    return "http://" + host() + ":" + server.getAddress().getPort() + "/" + path;
  }

  private void git(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (login.isPresent() && !isLoggedIn(exchange, login.get())) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      Process backend = Host.start(folder, variables(exchange), List.of("git", "http-backend"));
      threads.submit(
          () -> {
            try (OutputStream in = backend.getOutputStream()) {
              exchange.getRequestBody().transferTo(in);
            }
            return null;
          });
      try (InputStream out = new BufferedInputStream(backend.getInputStream())) {
        answer(exchange, out);
      }
    }
  }

  private static boolean isLoggedIn(HttpExchange exchange, String login) {
    String expected = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(ISO_8859_1));
    return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private Map<String, String> variables(HttpExchange exchange) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GIT_PROJECT_ROOT", folder.toString());
    variables.put("GIT_HTTP_EXPORT_ALL", "1");
    variables.put("GIT_CONFIG_COUNT", "1");
    variables.put("GIT_CONFIG_KEY_0", "safe.directory");
    variables.put("GIT_CONFIG_VALUE_0", "*");
    variables.put("PATH_INFO", exchange.getRequestURI().getPath());
    variables.put(
        "QUERY_STRING", Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
    variables.put("REQUEST_METHOD", exchange.getRequestMethod());
    header(exchange, "Content-Type", "CONTENT_TYPE", variables);
    header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", variables);
    header(exchange, "Git-Protocol", "GIT_PROTOCOL", variables);
    return variables;
  }

  private static void header(
      HttpExchange exchange, String name, String variable, Map<String, String> variables) {
    Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
        .ifPresent(value -> variables.put(variable, value));
  }

  private static void answer(HttpExchange exchange, InputStream out) throws IOException {
    int status = 200;
    for (String line = line(out); !line.isEmpty(); line = line(out)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (line.startsWith("Status:")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else {
        exchange.getResponseHeaders().add(line.substring(0, colon), value);
      }
    }
    exchange.sendResponseHeaders(status, 0);
    out.transferTo(exchange.getResponseBody());
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private void file(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = folder.resolve(exchange.getRequestURI().getPath().replace("/files/", ""));
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    }
  }

  /** To this machine's own loopback address, as a hostile server would. */
  private static void redirect(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/secret");
      exchange.sendResponseHeaders(302, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
