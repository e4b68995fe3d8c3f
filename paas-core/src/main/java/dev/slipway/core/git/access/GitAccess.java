package dev.slipway.core.git.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.access.Netrc.Login;
import dev.slipway.core.git.sources.RemoteAddresses;
import dev.slipway.core.process.Executables;
import dev.slipway.core.process.HostVariables;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code git:auth}, {@code git:allow-host} and the deploy key. The files lie where git and ssh of
 * the system user look for them, each replaced whole.
 */
public final class GitAccess {
  private static final String SECRET_FOLDER = "rwx------";
  private static final int LONGEST_LINE = 4096;
  private static final List<String> PUBLIC_KEYS = List.of("id_ed25519.pub", "id_rsa.pub");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]{0,252})(?::([0-9]{1,5}))?");
  private static final String KEYSCAN_SECONDS = "10";

  private final Roots roots;
  private final DurableFiles files;
  private final Programs programs;

  public GitAccess(Roots roots, DurableFiles files, Programs programs) {
    this.roots = roots;
    this.files = files;
    this.programs = programs;
  }

  /** {@code git:auth HOST [USER [PASSWORD]]}; a piped password is the first line of the input. */
  public void auth(Call call, List<String> words) {
    String host = host(words);
    Optional<Login> login = login(call, words);
    if (login.isPresent()) {
      call.out().step("Setting netrc auth entry for host " + host);
      change(netrc -> netrc.with(host, login.get()));
    } else {
      call.out().step("Removing netrc auth entry for host " + host);
      change(netrc -> netrc.without(host));
    }
  }

  private void change(UnaryOperator<Netrc> change) {
    files.updateOrDelete(
        netrc(),
        DurableFiles.PRIVATE,
        text -> Optional.of(change.apply(new Netrc(text)).text()).filter(left -> !left.isBlank()));
    if (Files.exists(netrc())) {
      own(netrc(), DurableFiles.PRIVATE);
    }
  }

  private void own(Path path, String mode) {
    try {
      files.own(path, mode);
    } catch (IOException e) {
      throw new UncheckedIOException("preparing " + path, e);
    }
  }

  /**
   * {@code git:auth-status HOST [USER [PASSWORD]]}: says it by its exit status.
   *
   * @return 0 if what is stored is what was given, or nothing is stored and none was given
   */
  public int authStatus(Call call, List<String> words) {
    String host = host(words);
    Optional<Login> login = login(call, words);
    Netrc stored = new Netrc(files.read(netrc()).orElse(""));
    boolean same =
        login.isEmpty()
            ? !stored.has(host)
            : stored.find(host).filter(login.get()::equals).isPresent();
    return same ? 0 : 1;
  }

  private static String host(List<String> words) {
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new UserError("Please supply a git host");
    }
    String host = words.getFirst();
    if (!Netrc.isWord(host) || host.startsWith("-")) {
      throw new UserError("Invalid git host: " + host);
    }
    return host;
  }

  private static Optional<Login> login(Call call, List<String> words) {
    String user = words.size() > 1 ? words.get(1) : "";
    if (user.isEmpty()) {
      return Optional.empty();
    }
    String typed = words.size() > 2 ? words.get(2) : "";
    String password =
        typed.isEmpty() && call.terminal().isEmpty() ? firstLine(call.streams().in()) : typed;
    if (password.isEmpty()) {
      throw new UserError("Missing password for netrc auth entry");
    }
    return Optional.of(new Login(user, password));
  }

  /** Reads no further than the line's end: the rest is not for us. */
  private static String firstLine(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0 && b != '\n' && line.size() < LONGEST_LINE; b = in.read()) {
        line.write(b);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading the password", e);
    }
    return line.toString(UTF_8).strip();
  }

  private Path netrc() {
    return roots.dokkuRoot().resolve(".netrc");
  }

  private Path ssh(String name) {
    return roots.dokkuRoot().resolve(".ssh").resolve(name);
  }

  /** {@code git:allow-host HOST[:PORT]}: what is known already is not added again. */
  public void allowHost(Call call, List<String> words) {
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new UserError("Please supply a git host");
    }
    String host = words.getFirst();
    Matcher part = HOST.matcher(host);
    if (!part.matches()) {
      throw new UserError("Invalid git host: " + host);
    }
    RemoteAddresses.of(call, part.group(1));
    List<String> keys = scan(call, part.group(1), Optional.ofNullable(part.group(2)));
    if (keys.isEmpty()) {
      throw new UserError("No ssh host key could be had from " + host);
    }
    prepareFolder();
    files.update(
        ssh("known_hosts"),
        DurableFiles.PRIVATE,
        text -> {
          Set<String> lines = new LinkedHashSet<>(text.lines().toList());
          lines.addAll(keys);
          return String.join("\n", lines) + "\n";
        });
    call.out().step(host + " added to known hosts");
  }

  private List<String> scan(Call call, String host, Optional<String> port) {
    List<String> words = new ArrayList<>(List.of("-T", KEYSCAN_SECONDS, "-t", "rsa,ecdsa,ed25519"));
    port.ifPresent(number -> words.addAll(List.of("-p", number)));
    words.addAll(List.of("--", host));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    programs.run(
        program(call, "ssh-keyscan", words),
        new Streams(InputStream.nullInputStream(), out, call.streams().err()));
    return out.toString(UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /** {@code git:generate-deploy-key}: never over one that is there. */
  public void generateDeployKey(Call call) {
    if (publicKey().isPresent()) {
      call.out().unlessQuiet().exclaim("A deploy key already exists for this host");
      return;
    }
    prepareFolder();
    String name =
        programs.capture(program(call, "hostname", List.of())).strip().replaceAll("\\s.*", "");
    int status =
        programs.run(
            program(
                call,
                "ssh-keygen",
                List.of(
                    "-t",
                    "ed25519",
                    "-C",
                    "dokku@" + name,
                    "-N",
                    "",
                    "-f",
                    ssh("id_ed25519") + "")),
            new Streams(InputStream.nullInputStream(), call.streams().out(), call.streams().err()));
    if (status != 0) {
      throw new ToolFailure("ssh-keygen failed with status " + status);
    }
  }

  /** {@code git:public-key}. */
  public void printPublicKey(Call call) {
    Path key =
        publicKey()
            .orElseThrow(
                () ->
                    new UserError(
                        """
                        There is no deploy key associated with the dokku user.
                        Generate an ssh key with the following command:
                          dokku git:generate-deploy-key
                        As an alternative, configure the netrc authentication via the git:auth command"""));
    files.lines(key).forEach(call.out()::line);
  }

  private Optional<Path> publicKey() {
    return PUBLIC_KEYS.stream().map(this::ssh).filter(Files::isRegularFile).findFirst();
  }

  private void prepareFolder() {
    Path folder = ssh("x").getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      files.createDirectories(folder);
      own(folder, SECRET_FOLDER);
    }
  }

  private Program program(Call call, String name, List<String> words) {
    Map<String, String> environment = HostVariables.forGit(call.environment());
    Path file =
        Executables.all(name, environment.getOrDefault("PATH", "/usr/bin:/bin")).stream()
            .findFirst()
            .orElseThrow(() -> new ToolFailure("There is no program " + name + " on this server"));
    return Program.of(file, words, environment, roots.dokkuRoot());
  }
}
