package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code plugin.toml} and {@code config.toml}. A file that is missing or cannot be parsed
 * reads as empty, since a plugin works without it. Spec: 05 section 1.3.
 */
final class PluginToml {
  private static final Logger log = LoggerFactory.getLogger(PluginToml.class);
  private static final TomlMapper TOML = new TomlMapper();

  private final Map<Path, WhileUnchanged<JsonNode>> read = new ConcurrentHashMap<>();

  JsonNode read(Path file) {
    FileStamp stamp = FileStamp.of(file);
    if (stamp.facts().isEmpty()) {
      read.remove(file);
      return MissingNode.getInstance();
    }
    return read.computeIfAbsent(file, fresh -> new WhileUnchanged<>())
        .get(List.of(stamp), () -> parse(file));
  }

  private static JsonNode parse(Path file) {
    try {
      String text = Files.readString(file, UTF_8);
      return text.isBlank() ? MissingNode.getInstance() : TOML.readTree(text);
    } catch (IOException e) {
      log.warn("plugin file passed over file={} reason={}", file, e.getMessage());
      return MissingNode.getInstance();
    }
  }
}
