package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Gate;
import dev.slipway.core.process.Programs;
import dev.slipway.core.sshkeys.PublicKeyText;
import dev.slipway.core.sshkeys.SshKeys;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** A door on a free port with a stub gate, and the real OpenSSH client to knock with. */
final class TestDoor implements AutoCloseable {
  static final String OPTIONS =
      "no-agent-forwarding,no-user-rc,no-X11-forwarding,no-port-forwarding";

  /** What a client program did. */
  @SuppressWarnings("ArrayRecordComponent") // compared by its content only
  record Outcome(int status, byte[] out, String err) {
    String text() {
      return new String(out, UTF_8);
    }
  }

  final Path root;
  final SshDoor door;

  TestDoor(Path root, BiFunction<Call, String, Integer> gate) throws IOException {
    this(root, gate, Optional.empty());
  }

  TestDoor(Path root, BiFunction<Call, String, Integer> gate, Optional<Path> launcher)
      throws IOException {
    this.root = root;
    Roots roots =
        new Roots(
            root.resolve("home"),
            root.resolve("lib"),
            root.resolve("log"),
            root.resolve("run"),
            System.getProperty("user.name"),
            System.getProperty("user.name"));
    Files.createDirectories(root.resolve("home/.ssh"));
    SshSettings settings =
        new SshSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root.resolve("hostkeys"),
            List.of(),
            launcher);
    Gate stub =
        (call, line) ->
            gate.apply(
                call,
                switch (line) {
                  case CommandLine.Typed(String text) -> text;
                  case CommandLine.Words(List<String> words) -> String.join(" ", words);
                });
    door =
        new SshDoor(settings, stub, new Programs(Optional.empty()), roots, new DurableFiles(roots));
    door.start();
    Path known = root.resolve("known_hosts");
    String hostKey = Files.readString(root.resolve("hostkeys/ssh_host_ed25519_key.pub"), UTF_8);
    Files.writeString(known, "[127.0.0.1]:" + door.port() + " " + hostKey);
    Files.writeString(keysFile(roots), "");
    addKey("admin", OPTIONS);
  }

  private static Path keysFile(Roots roots) {
    return SshKeys.file(roots);
  }

  Path keysFile() {
    return root.resolve("home/.ssh/authorized_keys");
  }

  /** Makes a key pair of this name, if there is none, and lets it in. */
  void addKey(String name, String options) throws IOException {
    appendLine(line(name, options));
  }

  void appendLine(String line) throws IOException {
    Files.writeString(keysFile(), Files.readString(keysFile()) + line + "\n");
  }

  String line(String name, String options) throws IOException {
    String text = publicKey(name);
    String fingerprint = fingerprint(name);
    return "command=\"FINGERPRINT="
        + fingerprint
        + " NAME=\\\""
        + name
        + "\\\" `cat "
        + root.resolve("home")
        + "/.sshcommand` $SSH_ORIGINAL_COMMAND\","
        + options
        + " "
        + text;
  }

  String fingerprint(String name) throws IOException {
    return PublicKeyText.parse(publicKey(name)).orElseThrow().fingerprint();
  }

  String publicKey(String name) throws IOException {
    Path pub = root.resolve(name + ".pub");
    if (!Files.exists(pub)) {
      run(
          List.of(
              "ssh-keygen",
              "-q",
              "-t",
              "ed25519",
              "-N",
              "",
              "-C",
              name,
              "-f",
              root.resolve(name).toString()),
          InputStream.nullInputStream());
    }
    return Files.readString(pub, UTF_8).strip();
  }

  /** Runs a command as {@code admin}. */
  Outcome ssh(String command) throws IOException {
    return run(client("admin", List.of(), command), InputStream.nullInputStream());
  }

  Outcome ssh(String key, List<String> options, String... words) throws IOException {
    return run(client(key, options, words), InputStream.nullInputStream());
  }

  Outcome sshWithInput(InputStream input, String command) throws IOException {
    return run(client("admin", List.of(), command), input);
  }

  List<String> client(String key, List<String> options, String... words) {
    List<String> command = new ArrayList<>(List.of("ssh"));
    command.addAll(commonOptions(key));
    command.addAll(options);
    command.addAll(List.of("-p", String.valueOf(door.port()), "dokku@127.0.0.1"));
    command.addAll(List.of(words));
    return command;
  }

  List<String> commonOptions(String key) {
    return List.of(
        "-F",
        "/dev/null",
        "-i",
        root.resolve(key).toString(),
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "IdentityAgent=none",
        "-o",
        "BatchMode=yes",
        "-o",
        "UserKnownHostsFile=" + root.resolve("known_hosts"));
  }

  Outcome run(List<String> command, InputStream input) throws IOException {
    return run(command, input, Map.of());
  }

  static Outcome run(List<String> command, InputStream input, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    Thread feed =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (var to = process.getOutputStream()) {
                    input.transferTo(to);
                  } catch (IOException closed) {
                    // the client no longer reads, as some tests want
                    return;
                  }
                });
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Thread errors =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    process.getErrorStream().transferTo(err);
                  } catch (IOException closed) {
                    return;
                  }
                });
    byte[] out = process.getInputStream().readAllBytes();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("does not end: " + command);
      }
      errors.join();
      feed.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return new Outcome(process.exitValue(), out, err.toString(UTF_8));
  }

  @Override
  public void close() {
    door.close();
  }
}
