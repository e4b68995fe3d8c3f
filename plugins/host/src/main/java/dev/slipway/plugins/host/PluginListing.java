package dev.slipway.plugins.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.store.Roots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All plugins there are, enabled or not, core's among them. Spec: 01 section 12. */
public final class PluginListing {
  private static final Path GIT = Path.of("/usr/bin/git");

  private final Roots roots;
  private final PluginToml toml;
  private final PipedPrograms programs;

  PluginListing(Roots roots, PluginToml toml, PipedPrograms programs) {
    this.roots = roots;
    this.toml = toml;
    this.programs = programs;
  }

  /** One line for each plugin, as {@code plugin:list} prints it. */
  public List<String> lines() {
    return folders().stream()
        .map(
            folder ->
                String.format(
                    "  %-20s %-5s %-10s %s",
                    folder.getFileName(),
                    metadata(folder, "version"),
                    isEnabled(folder) ? "enabled" : "disabled",
                    metadata(folder, "description")))
        .toList();
  }

  /** The same as one line of JSON, with the origin of those that are git checkouts. */
  public String json() {
    try {
      return JsonMapper.builder()
          .build()
          .writeValueAsString(folders().stream().map(this::facts).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> facts(Path folder) {
    boolean checkout = Files.exists(folder.resolve(".git"));
    Path core = roots.corePlugins().resolve("enabled").resolve(name(folder));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", name(folder));
    facts.put("version", metadata(folder, "version"));
    facts.put("enabled", isEnabled(folder));
    facts.put("core", Files.isSymbolicLink(core));
    facts.put("description", metadata(folder, "description"));
    facts.put("source_url", checkout ? git(folder, "config", "--get", "remote.origin.url") : "");
    facts.put("committish", checkout ? git(folder, "rev-parse", "HEAD") : "");
    facts.put("branch", checkout ? git(folder, "symbolic-ref", "-q", "--short", "HEAD") : "");
    return facts;
  }

  private List<Path> folders() {
    Path available = roots.plugins().resolve("available");
    if (!Files.isDirectory(available)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(available)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !name(entry).startsWith("."))
          .sorted(ByteOrder.OF_PATHS)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + available, e);
    }
  }

  private boolean isEnabled(Path folder) {
    return Files.exists(roots.plugins().resolve("enabled").resolve(name(folder)));
  }

  private String metadata(Path folder, String key) {
    JsonNode plugin = toml.read(folder.resolve("plugin.toml")).path("plugin");
    return plugin.path(key).asText("");
  }

  /** What git says about the checkout; the empty text where it has no answer. */
  private String git(Path folder, String... question) {
    List<String> arguments =
        Stream.concat(
                Stream.of("-c", "safe.directory=*", "-C", folder.toString()), Stream.of(question))
            .toList();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "HOME", roots.dokkuRoot().toString());
    int status =
        programs.run(
            Program.of(GIT, arguments, environment, folder),
            new Streams(InputStream.nullInputStream(), answer, OutputStream.nullOutputStream()));
    return status == 0 ? answer.toString(StandardCharsets.UTF_8).strip() : "";
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
