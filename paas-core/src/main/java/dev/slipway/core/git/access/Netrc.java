package dev.slipway.core.git.access;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a {@code .netrc} file. What belongs to other hosts, comments included, stays as it
 * is.
 */
record Netrc(String text) {
  private static final Pattern START =
      Pattern.compile("(?m)(?<=^|\\s)(?:machine\\s+(\\S+)|default|macdef)(?=\\s|$)");
  private static final Pattern VALUE =
      Pattern.compile("\\b(login|password)\\s+(?:\"([^\"]*)\"|(\\S+))");

  /** Who one logs in as. */
  record Login(String user, String password) {
    Login {
      if (!isWord(user) || !isWord(password)) {
        throw new UserError(
            "A netrc entry can hold neither blanks nor control characters, nor begin with a quote");
      }
    }
  }

  /** Whether a text can stand in a netrc file as it is. */
  static boolean isWord(String text) {
    return !text.isEmpty()
        && !text.startsWith("\"")
        && !text.contains("\\")
        && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
  }

  Optional<Login> find(String host) {
    return parts().stream()
        .filter(part -> part.isOf(host))
        .findFirst()
        .flatMap(part -> login(part.text()));
  }

  private static Optional<Login> login(String entry) {
    String user = "";
    String password = "";
    Matcher value = VALUE.matcher(entry);
    while (value.find()) {
      String found = value.group(2) == null ? value.group(3) : value.group(2);
      if (value.group(1).equals("login")) {
        user = found;
      } else {
        password = found;
      }
    }
    return isWord(user) && isWord(password)
        ? Optional.of(new Login(user, password))
        : Optional.empty();
  }

  boolean has(String host) {
    return parts().stream().anyMatch(part -> part.isOf(host));
  }

  /** Without the entries of a host. */
  Netrc without(String host) {
    StringBuilder rest = new StringBuilder();
    parts().stream().filter(part -> !part.isOf(host)).forEach(part -> rest.append(part.text()));
    return new Netrc(rest.toString());
  }

  /** With exactly this entry for a host, in front of a default one, which ends the search. */
  Netrc with(String host, Login login) {
    String entry =
        "machine " + host + " login " + login.user() + " password " + login.password() + "\n";
    Netrc others = without(host);
    return new Netrc(entry + others.text());
  }

  private record Part(Optional<String> host, String text) {
    boolean isOf(String wanted) {
      return host.filter(wanted::equals).isPresent();
    }
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    Optional<String> host = Optional.empty();
    int from = 0;
    Matcher start = START.matcher(text);
    while (start.find()) {
      parts.add(new Part(host, text.substring(from, start.start())));
      host = Optional.ofNullable(start.group(1));
      from = start.start();
    }
    parts.add(new Part(host, text.substring(from)));
    return parts;
  }
}
