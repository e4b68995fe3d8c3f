package dev.slipway.builder.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.git.sources.RemoteAddresses;
import dev.slipway.core.git.sources.RemoteUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How git is called on a repository elsewhere: with the deploy key and the {@code .netrc} of this
 * installation, to the addresses that were looked at, with no other protocol, no redirects to
 * elsewhere, no questions, and no program but ssh.
 */
final class RemoteAccess {
  private static final String PROTOCOLS = "http:https:ssh:git";

  private final Path home;

  RemoteAccess(Path home) {
    this.home = home;
  }

  /**
   * What is added to a call: settings in front of the subcommand, variables, and the URL. Everybody
   * on this server can read arguments, so a login goes by the variables.
   */
  record Way(List<String> settings, Map<String, String> variables, String url) {}

  /**
   * @throws dev.slipway.core.error.UserError if its address is not one to fetch from
   */
  Way to(Call call, RemoteUrl url) {
    List<InetAddress> addresses = RemoteAddresses.of(call, url.host());
    List<String> settings = new ArrayList<>();
    for (String each :
        List.of(
            "protocol.allow=never",
            "protocol.http.allow=always",
            "protocol.https.allow=always",
            "protocol.ssh.allow=always",
            "protocol.git.allow=always",
            "fetch.fsckObjects=true",
            "fetch.fsck.zeroPaddedFilemode=warn",
            "fetch.fsck.missingSpaceBeforeDate=warn",
            "fetch.fsck.badTimezone=warn",
            "fetch.fsck.missingEmail=warn",
            "fetch.fsck.missingNameBeforeEmail=warn",
            "fetch.fsck.badDate=warn",
            "fetch.fsck.badDateOverflow=warn",
            "core.gitProxy=",
            "core.askPass=",
            "credential.helper=",
            "http.followRedirects=false")) {
      settings.addAll(List.of("-c", each));
    }
    if (url.isHttp()) {
      settings.addAll(List.of("-c", "http.curloptResolve=" + pinned(url, addresses)));
    }
    Map<String, String> variables = variables();
    Optional<String> login = url.login().filter(user -> !isInNetrc(user));
    login.ifPresent(
        user -> {
          variables.put("GIT_CONFIG_COUNT", "1");
          variables.put("GIT_CONFIG_KEY_0", "http.extraHeader");
          variables.put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + basic(user));
        });
    return new Way(settings, variables, login.isPresent() ? url.withoutLogin() : url.text());
  }

  /** A name without a password may stand for a line of {@code .netrc}; it is no secret then. */
  private boolean isInNetrc(String user) {
    Path netrc = home.resolve(".netrc");
    if (user.contains(":") || !Files.isReadable(netrc)) {
      return false;
    }
    try {
      return List.of(Files.readString(netrc).split("\\s+")).contains(decoded(user));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + netrc, e);
    }
  }

  private static String basic(String user) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String password = colon < 0 ? "" : user.substring(colon + 1);
    return Base64.getEncoder()
        .encodeToString((decoded(name) + ":" + decoded(password)).getBytes(UTF_8));
  }

  /** What does not decode is meant as it is, as git takes it. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String pinned(RemoteUrl url, List<InetAddress> addresses) {
    return url.host().replaceAll("^\\[|\\]$", "")
        + ":"
        + url.effectivePort()
        + ":"
        + addresses.stream()
            .map(InetAddress::getHostAddress)
            .map(address -> address.replaceFirst("%.*$", ""))
            .map(address -> address.contains(":") ? "[" + address + "]" : address)
            .collect(Collectors.joining(","));
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", home.toString());
    variables.put("GIT_ALLOW_PROTOCOL", PROTOCOLS);
    variables.put("GIT_ASKPASS", "/bin/false");
    variables.put("SSH_ASKPASS", "/bin/false");
    variables.put("GIT_SSH_VARIANT", "ssh");
    variables.put("GIT_SSH_COMMAND", ssh());
    return variables;
  }

  private String ssh() {
    Path folder = home.resolve(".ssh");
    Path config = folder.resolve("config");
    List<String> words = new ArrayList<>(List.of("ssh", "-F"));
    words.add(Files.isReadable(config) ? config.toString() : "none");
    for (String option :
        List.of(
            "BatchMode=yes",
            "ConnectTimeout=30",
            "ServerAliveInterval=15",
            "ServerAliveCountMax=4",
            "ForwardAgent=no",
            "ClearAllForwardings=yes",
            "PermitLocalCommand=no",
            "UserKnownHostsFile=" + optionPath(folder.resolve("known_hosts")),
            "IdentityFile=" + optionPath(folder.resolve("id_ed25519")),
            "IdentityFile=" + optionPath(folder.resolve("id_rsa")))) {
      words.addAll(List.of("-o", option));
    }
    return words.stream().map(RemoteAccess::quoted).collect(Collectors.joining(" "));
  }

  /** In ssh's own language blanks separate and percent signs mean something. */
  private static String optionPath(Path path) {
    return "\"" + path.toString().replace("%", "%%") + "\"";
  }

  /** Git has a shell read the command. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
