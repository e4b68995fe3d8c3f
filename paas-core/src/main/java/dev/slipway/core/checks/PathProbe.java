package dev.slipway.core.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.checks.Healthcheck.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a container by HTTP. Spec: 04 section 6.3. */
final class PathProbe implements AutoCloseable {
  static {
    // an app's virtual host is told by this header; the client has to be allowed to set it before
    // the first one is made
    if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
      System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }
  }

  private static final int MOST_BODY = 1 << 20;
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final long REFUSED_PAUSE_MS = 50;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  /**
   * One try. While the port is closed it is asked again until the try's time is over, so that an
   * app that opens it a moment later is not kept waiting for the next try. Redirects are followed
   * as long as they name the container or the host that it was asked as, and go to the container.
   *
   * @param automatic headers unless the check has its own
   */
  void run(Kind.Path path, String address, int timeout, Map<String, String> automatic)
      throws CheckFailed, InterruptedException {
    Instant deadline = Instant.now().plusSeconds(timeout);
    HttpRequest request = request(path, address, timeout, automatic);
    while (true) {
      try {
        HttpResponse<InputStream> response = send(request, address);
        judge(path, response, body(response, deadline));
        return;
      } catch (ConnectException e) {
        if (Instant.now().isAfter(deadline)) {
          throw CheckFailed.retriable("connection refused", "");
        }
        Thread.sleep(REFUSED_PAUSE_MS);
      } catch (IOException e) {
        throw CheckFailed.retriable(String.valueOf(e.getMessage()), "");
      }
    }
  }

  private HttpResponse<InputStream> send(HttpRequest first, String address)
      throws IOException, InterruptedException {
    HttpRequest request = first;
    for (int left = MOST_REDIRECTS; ; left--) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      Optional<URI> next = left == 0 ? Optional.empty() : redirect(request, response, address);
      if (next.isEmpty()) {
        return response;
      }
      response.body().close();
      request = HttpRequest.newBuilder(request, (name, value) -> true).uri(next.get()).build();
    }
  }

  /** Where a redirect leads on the same container; empty for others, which are not followed. */
  private static Optional<URI> redirect(
      HttpRequest request, HttpResponse<InputStream> response, String address) {
    if (!REDIRECTS.contains(response.statusCode())) {
      return Optional.empty();
    }
    try {
      URI from = request.uri();
      URI to = from.resolve(response.headers().firstValue("Location").orElseThrow());
      String host = request.headers().firstValue("Host").orElse(address);
      boolean same = address.equals(to.getHost()) && to.getPort() == from.getPort();
      boolean asAsked = host.equalsIgnoreCase(String.valueOf(to.getAuthority()));
      if (!same && !asAsked) {
        return Optional.empty();
      }
      String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
      String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
      return Optional.of(URI.create(from.getScheme() + "://" + from.getAuthority() + path + query));
    } catch (IllegalArgumentException | NoSuchElementException noPlace) {
      return Optional.empty();
    }
  }

  /** The client's own limit ends with the headers; an endless body must not outlast the try. */
  private static String body(HttpResponse<InputStream> response, Instant deadline)
      throws IOException, CheckFailed, InterruptedException {
    try (InputStream in = response.body()) {
      FutureTask<String> read = new FutureTask<>(() -> new String(in.readNBytes(MOST_BODY), UTF_8));
      Thread.ofVirtual().name("check-body").start(read);
      Duration left = Duration.between(Instant.now(), deadline);
      return read.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw CheckFailed.retriable("the response did not end within the timeout", "");
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  private static HttpRequest request(
      Kind.Path path, String address, int timeout, Map<String, String> automatic)
      throws CheckFailed {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "*/*");
    headers.putAll(automatic);
    headers.putAll(path.headers());
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(
                  URI.create(path.scheme() + "://" + address + ":" + path.port() + path.path()))
              .timeout(Duration.ofSeconds(timeout));
      headers.forEach(builder::setHeader);
      return builder.GET().build();
    } catch (IllegalArgumentException e) {
      throw CheckFailed.forGood(String.valueOf(e.getMessage()), "");
    }
  }

  private static void judge(Kind.Path path, HttpResponse<InputStream> response, String body)
      throws CheckFailed {
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      throw CheckFailed.retriable("unexpected status code: " + status, body, retryAfter(response));
    }
    if (!body.contains(path.content())) {
      throw CheckFailed.forGood(
          "unable to find expected content in response body: " + path.content(), body);
    }
  }

  private static int retryAfter(HttpResponse<InputStream> response) {
    boolean asked = response.statusCode() == 429 || response.statusCode() == 503;
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> asked && text.matches("[0-9]{1,3}"))
        .map(Integer::valueOf)
        .orElse(0);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
