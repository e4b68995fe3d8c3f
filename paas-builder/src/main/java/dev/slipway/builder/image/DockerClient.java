package dev.slipway.builder.image;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.process.Executables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The docker clients of the host, and which of them can build with BuildKit: those before version
 * 23 can by themselves, later ones need the plugin buildx. What was found is kept until the program
 * file changes. Safe for use by many threads.
 */
public final class DockerClient {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final int BUILDX_FROM = 23;
  private static final List<String> PASSED_ON =
      List.of(
          "PATH",
          "HOME",
          "LANG",
          "DOCKER_HOST",
          "DOCKER_CONTEXT",
          "DOCKER_CONFIG",
          "DOCKER_CERT_PATH",
          "DOCKER_TLS_VERIFY",
          "DOCKER_DEFAULT_PLATFORM",
          "BUILDKIT_PROGRESS",
          "BUILDX_BUILDER",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY");

  private final PipedPrograms programs;
  private final Map<String, String> host;
  private final Map<String, Boolean> canBuildKit = new ConcurrentHashMap<>();

  /**
   * @param host the daemon's own environment; what it says about the engine wins over a caller's
   */
  public DockerClient(PipedPrograms programs, Map<String, String> host) {
    this.programs = programs;
    this.host = Map.copyOf(host);
  }

  /** A client and whether it builds with BuildKit. */
  public record Found(Path file, boolean buildKit) {}

  /** The first client that can BuildKit, else the first; empty if there is none. */
  public Optional<Found> find(Call call) {
    String name = call.variable("DOCKER_BIN").filter(text -> !text.isEmpty()).orElse("docker");
    List<Path> all = Executables.all(name, call.variable("PATH").orElse(DEFAULT_PATH));
    boolean refused = call.variable("DOCKER_BUILDKIT").filter("0"::equals).isPresent();
    return all.stream()
        .filter(file -> !refused && canBuildKit(call, file))
        .map(file -> new Found(file, true))
        .findFirst()
        .or(() -> all.stream().map(file -> new Found(file, false)).findFirst());
  }

  /** The whole environment of a client: where the engine is, and nothing of the app. */
  public Map<String, String> environment(Call call, boolean buildKit) {
    Map<String, String> environment = new HashMap<>();
    for (String name : PASSED_ON) {
      Optional.ofNullable(host.get(name))
          .or(() -> call.variable(name))
          .ifPresent(value -> environment.put(name, value));
    }
    environment.putIfAbsent("PATH", DEFAULT_PATH);
    environment.putIfAbsent("BUILDKIT_PROGRESS", "plain");
    environment.put("DOCKER_BUILDKIT", buildKit ? "1" : "0");
    return environment;
  }

  private boolean canBuildKit(Call call, Path file) {
    return canBuildKit.computeIfAbsent(file + " " + changed(file), key -> probe(call, file));
  }

  private boolean probe(Call call, Path file) {
    if (answer(call, file, List.of("buildx", "version")).isPresent()) {
      return true;
    }
    return answer(call, file, List.of("--version"))
        .map(DockerClient::major)
        .filter(major -> major < BUILDX_FROM)
        .isPresent();
  }

  /** Of {@code Docker version 20.10.24+dfsg1, build 297e128}. */
  static int major(String version) {
    String digits = version.replaceFirst("(?s)^\\D*(\\d{1,6}).*$", "$1");
    return digits.matches("\\d+") ? Integer.parseInt(digits) : BUILDX_FROM;
  }

  private Optional<String> answer(Call call, Path file, List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        programs.run(
            Program.of(file, words, environment(call, true), Path.of("/")),
            new Streams(
                InputStream.nullInputStream(), out, java.io.OutputStream.nullOutputStream()));
    return status == 0
        ? Optional.of(out.toString(java.nio.charset.StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static long changed(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }
}
