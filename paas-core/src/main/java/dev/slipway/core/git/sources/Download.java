package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches one file by http or https. Each address on the way is checked first; what Java resolved
 * for the check it uses for the connection, since it keeps an answer for half a minute.
 */
final class Download {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 10;
  private static final int OK = 200;
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final FetchLimits limits;

  Download(FetchLimits limits) {
    this.limits = limits;
  }

  /**
   * @throws UserError if the address may not be used, or the server has no such file
   * @throws RejectedArchive if the file is larger than {@code most} bytes
   * @throws ToolFailure if it breaks off or takes too long
   */
  void fetch(Call call, String url, Path file, long most) {
    try (HttpClient client = client()) {
      HttpResponse<InputStream> answer = follow(call, client, uri(url));
      try (InputStream body = answer.body();
          Watch watch = Watch.over(limits, client::shutdownNow)) {
        LimitedCopy.toFile(watch.watched(body), file, most);
      }
    } catch (IOException e) {
      throw new ToolFailure("Downloading " + masked(url) + " failed: " + words(e), e);
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private HttpResponse<InputStream> follow(Call call, HttpClient client, URI first)
      throws IOException {
    URI next = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      RemoteAddresses.of(call, next.getHost());
      HttpResponse<InputStream> answer = send(client, next);
      Optional<String> location = answer.headers().firstValue("Location");
      if (!REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
        return requireOk(answer, next);
      }
      answer.body().close();
      next = redirected(next, location.get());
    }
    throw new UserError("More than " + MOST_REDIRECTS + " redirects from " + masked(first + ""));
  }

  private HttpResponse<InputStream> send(HttpClient client, URI uri) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUser(uri)).timeout(limits.quiet()).GET();
    Optional.ofNullable(uri.getUserInfo())
        .ifPresent(
            user ->
                request.header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(
                                user.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static HttpResponse<InputStream> requireOk(HttpResponse<InputStream> answer, URI uri)
      throws IOException {
    if (answer.statusCode() != OK) {
      answer.body().close();
      throw new UserError(
          "Downloading " + masked(uri + "") + " failed: HTTP status " + answer.statusCode());
    }
    return answer;
  }

  private static URI redirected(URI from, String location) {
    try {
      return uri(from.resolve(location).toString());
    } catch (IllegalArgumentException e) {
      throw new UserError("Redirect to something that is no URL: " + location);
    }
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UserError("Invalid archive url: " + masked(text));
    }
    if (uri.getHost() == null || !SCHEMES.contains(String.valueOf(uri.getScheme()))) {
      throw new UserError("Invalid archive url, only http and https are allowed: " + masked(text));
    }
    return uri;
  }

  private static URI withoutUser(URI uri) {
    return uri.getUserInfo() == null
        ? uri
        : URI.create(uri.toString().replaceFirst("//[^/@]*@", "//"));
  }

  /**
   * A URL as it may be shown: a login is hidden as a whole, since a name alone can be a token, but
   * for the name of a user of ssh.
   */
  static String masked(String url) {
    return url.startsWith("ssh://")
        ? url.replaceFirst("(://[^/:@]*):[^/]*@", "$1:***@")
        : url.replaceFirst("://[^/]*@", "://***@");
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
