package dev.slipway.core.buildpacks;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_GET_CONTENT;
import static dev.slipway.core.triggers.CoreTriggers.GIT_GET_PROPERTY;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code .buildpacks} of a source tree: written from what is configured, or expanded where
 * it was committed. Spec: 03 section 6.3.
 */
final class BuildpacksFile {
  static final String NAME = ".buildpacks";
  private static final int LARGEST = 1 << 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Buildpacks buildpacks;
  private final Triggers triggers;

  BuildpacksFile(Buildpacks buildpacks, Triggers triggers) {
    this.buildpacks = buildpacks;
    this.triggers = triggers;
  }

  /**
   * @throws UserError naming the line, from 0, that is no buildpack; the file stays as it is then
   */
  void prepare(Call call, AppName app, SourceTree tree) {
    List<String> urls = buildpacks.list(app);
    if (urls.isEmpty()) {
      urls = ofAppJson(call, app);
    }
    if (!urls.isEmpty()) {
      write(tree, urls.stream().map(url -> BuildpackUrl.parse(url).value()).toList());
      return;
    }
    Optional<byte[]> committed = tree.read(NAME, LARGEST);
    if (committed.isPresent()) {
      write(tree, expanded(new String(committed.get(), UTF_8)));
    }
  }

  private List<String> ofAppJson(Call call, AppName app) {
    if (!triggers.ask(call, GIT_GET_PROPERTY, app, "source-image").isEmpty()) {
      return List.of();
    }
    String content = triggers.ask(call, APP_JSON_GET_CONTENT, app);
    List<String> urls = new ArrayList<>();
    try {
      for (JsonNode each : JSON.readTree(content.isBlank() ? "{}" : content).path("buildpacks")) {
        if (!each.path("url").asText("").isEmpty()) {
          urls.add(each.path("url").asText());
        }
      }
      return urls;
    } catch (JsonProcessingException e) {
      throw new ToolFailure("The app.json of " + app + " could not be read", e);
    }
  }

  private static List<String> expanded(String text) {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      boolean url = !stripped.isEmpty() && !stripped.startsWith("#");
      lines.add(url ? expanded(stripped, number) : line);
      number++;
    }
    return lines;
  }

  private static String expanded(String line, int number) {
    try {
      return BuildpackUrl.parse(line).value();
    } catch (UserError e) {
      throw new UserError(
          "Unable to parse " + NAME + " file, line " + number + ": " + e.getMessage());
    }
  }

  private static void write(SourceTree tree, List<String> lines) {
    tree.write(NAME, (String.join("\n", lines) + "\n").getBytes(UTF_8));
    try {
      Files.setPosixFilePermissions(
          tree.directory().resolve(NAME), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + NAME, e);
    }
  }
}
