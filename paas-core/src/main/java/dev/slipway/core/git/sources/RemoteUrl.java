package dev.slipway.core.git.sources;

import dev.slipway.core.error.UserError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where another git server has a repository: {@code http://}, {@code https://}, {@code ssh://},
 * {@code git://} or {@code USER@HOST:PATH}. Nothing else, so that no file of this server is read
 * and no program of the caller's choice is run.
 *
 * @param text as git gets it
 * @param scheme {@code ssh} for the short form
 */
public record RemoteUrl(String text, String scheme, String host, int port) {
  private static final int LONGEST = 2048;
  private static final int NO_PORT = -1;
  private static final Pattern FULL =
      Pattern.compile(
          "(https?|ssh|git)://(?:[^/@\\s]*@)?(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_][A-Za-z0-9._-]*)"
              + "(?::([0-9]{1,5}))?(?:/.*)?");
  private static final Pattern SHORT =
      Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?([A-Za-z0-9_][A-Za-z0-9._-]*):([^:].*)");

  /**
   * @throws UserError if it is of no allowed kind
   */
  public static RemoteUrl parse(String text) {
    boolean plain = text.length() <= LONGEST && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    Matcher full = FULL.matcher(text);
    if (plain && full.matches()) {
      int port = full.group(3) == null ? NO_PORT : Integer.parseInt(full.group(3));
      return new RemoteUrl(text, full.group(1), full.group(2), port);
    }
    Matcher brief = SHORT.matcher(text);
    if (plain && !text.contains("://") && brief.matches() && !brief.group(2).startsWith("-")) {
      return new RemoteUrl(text, "ssh", brief.group(1), NO_PORT);
    }
    throw new UserError(
        "Invalid git remote, only http, https, ssh and git are allowed: "
            + masked(printable(text)));
  }

  /**
   * What a URL that begins with {@code ./} or {@code ../} means beside this one.
   *
   * @throws UserError if it leads above the server's root
   */
  public RemoteUrl resolve(String relative) {
    String base = text.replaceAll("/+$", "");
    String rest = relative;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      if (rest.startsWith("../")) {
        int slash = base.lastIndexOf('/');
        int colon = base.indexOf("://") < 0 ? base.indexOf(':') : -1;
        if (slash < 0 && colon < 0) {
          throw new UserError("Invalid submodule URL: " + relative);
        }
        base = slash > colon ? base.substring(0, slash) : base.substring(0, colon);
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    RemoteUrl found = parse(base + (base.contains(":") ? "/" : ":") + rest);
    if (!found.host().equals(host)) {
      throw new UserError("Invalid submodule URL: " + relative);
    }
    return found;
  }

  /** Name and password of an http URL, as they are written in it. */
  public Optional<String> login() {
    int at = text.indexOf('@');
    int begin = text.indexOf("://") + 3;
    int slash = text.indexOf('/', begin);
    return isHttp() && at > begin && (slash < 0 || at < slash)
        ? Optional.of(text.substring(begin, at))
        : Optional.empty();
  }

  /** The same URL without the {@link #login}. */
  public String withoutLogin() {
    return login().map(user -> text.replaceFirst("//[^/@]*@", "//")).orElse(text);
  }

  /** Whether curl speaks to it. */
  public boolean isHttp() {
    return scheme.startsWith("http");
  }

  /** The port that is meant, given or not. */
  public int effectivePort() {
    if (port != NO_PORT) {
      return port;
    }
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      case "git" -> 9418;
      default -> 22;
    };
  }

  /** As it may be shown and stored: without what may be secret in it. */
  @Override
  public String toString() {
    return masked(text);
  }

  private static String masked(String text) {
    return Download.masked(text);
  }

  private static String printable(String text) {
    return text.codePoints()
        .limit(200)
        .map(c -> c < ' ' || c == 0x7f ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
