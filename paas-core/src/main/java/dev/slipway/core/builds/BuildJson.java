package dev.slipway.core.builds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The file form of a {@link BuildRecord}. */
final class BuildJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private BuildJson() {}

  static ObjectNode node(BuildRecord build) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", build.id());
    node.put("app", build.app());
    node.put("kind", build.kind());
    node.put("pid", build.pid());
    node.put("started_at", build.startedAt().toString());
    build.finishedAt().ifPresent(time -> node.put("finished_at", time.toString()));
    node.put("status", build.status());
    node.put("source", build.source());
    build.exitCode().ifPresent(code -> node.put("exit_code", code));
    return node;
  }

  static String write(BuildRecord build) {
    try {
      return JSON.writer(PRINTER).writeValueAsString(node(build));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record always makes JSON", e);
    }
  }

  /** The record, or nothing if the file does not hold one. */
  static Optional<BuildRecord> read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return Optional.of(
          new BuildRecord(
              node.path("id").asText(),
              node.path("app").asText(),
              node.path("kind").asText(),
              node.path("pid").asLong(),
              Instant.parse(node.path("started_at").asText()),
              Optional.ofNullable(node.get("finished_at"))
                  .map(JsonNode::asText)
                  .map(Instant::parse),
              node.path("status").asText(),
              node.path("source").asText(),
              node.has("exit_code")
                  ? OptionalInt.of(node.path("exit_code").asInt())
                  : OptionalInt.empty()));
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
