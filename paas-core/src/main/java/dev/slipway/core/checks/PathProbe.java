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
import java.util.TreeMap;

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
  private static final long REFUSED_PAUSE_MS = 50;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  /**
   * One try. While the port is closed it is asked again until the try's time is over, so that an
   * app that opens it a moment later is not kept waiting for the next try.
   *
   * @param automatic headers unless the check has its own
   */
  void run(Kind.Path path, String address, int timeout, Map<String, String> automatic)
      throws CheckFailed, InterruptedException {
    Instant deadline = Instant.now().plusSeconds(timeout);
    HttpRequest request = request(path, address, timeout, automatic);
    while (true) {
      try {
        judge(path, client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
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

  private static void judge(Kind.Path path, HttpResponse<InputStream> response)
      throws IOException, CheckFailed {
    String body;
    try (InputStream in = response.body()) {
      body = new String(in.readNBytes(MOST_BODY), UTF_8);
    }
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
