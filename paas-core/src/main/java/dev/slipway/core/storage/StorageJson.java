package dev.slipway.core.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file forms of entries and attachments; empty keys are left out. */
final class StorageJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DefaultIndenter TWO_BLANKS = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(TWO_BLANKS)
          .withArrayIndenter(TWO_BLANKS);

  private StorageJson() {}

  static ObjectNode node(Entry entry) {
    ObjectNode node = JSON.createObjectNode();
    put(node, "name", entry.name());
    put(node, "scheduler", entry.scheduler());
    put(node, "host_path", entry.hostPath());
    put(node, "namespace", entry.namespace());
    put(node, "chown", entry.chown());
    put(node, "mode", entry.mode());
    put(node, "reclaim_policy", entry.reclaimPolicy());
    put(node, "annotations", entry.annotations());
    put(node, "labels", entry.labels());
    node.put("schema_version", 1);
    return node;
  }

  static ObjectNode node(Attachment attachment) {
    ObjectNode node = JSON.createObjectNode();
    put(node, "entry_name", attachment.entryName());
    put(node, "container_path", attachment.containerPath());
    ArrayNode phases = node.putArray("phases");
    attachment.phases().forEach(phases::add);
    put(node, "process_type", attachment.processType());
    put(node, "subpath", attachment.subpath());
    if (attachment.readonly()) {
      node.put("readonly", true);
    }
    put(node, "volume_options", attachment.volumeOptions());
    put(node, "volume_chown", attachment.volumeChown());
    return node;
  }

  /** What {@code storage:list} shows of an attachment. */
  static ObjectNode listed(Entry entry, Attachment attachment) {
    ObjectNode node = JSON.createObjectNode();
    node.put("entry_name", entry.name());
    node.put("host_path", entry.hostPath());
    node.put("container_path", attachment.containerPath());
    if (attachment.readonly()) {
      node.put("readonly", true);
    }
    put(node, "volume_options", attachment.volumeOptions());
    return node;
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static String indented(JsonNode node) {
    try {
      return JSON.writer(PRINTER).writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree always makes JSON", e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not the JSON of an entry
   */
  static Entry entry(String text) {
    JsonNode node = tree(text);
    return new Entry(
        node.path("name").asText(),
        node.path("scheduler").asText(Entry.LOCAL),
        node.path("host_path").asText(),
        node.path("namespace").asText(),
        node.path("chown").asText(),
        node.path("mode").asText(),
        node.path("reclaim_policy").asText(),
        map(node.path("annotations")),
        map(node.path("labels")));
  }

  /**
   * @throws IllegalArgumentException if the text is not the JSON of an attachment
   */
  static Attachment attachment(String text) {
    JsonNode node = tree(text);
    List<String> phases = new ArrayList<>();
    node.path("phases").forEach(phase -> phases.add(phase.asText()));
    return new Attachment(
        node.path("entry_name").asText(),
        node.path("container_path").asText(),
        phases.isEmpty() ? Attachment.ALL_PHASES : phases,
        node.path("process_type").asText(Attachment.DEFAULT_TYPE),
        node.path("subpath").asText(),
        node.path("readonly").asBoolean(),
        node.path("volume_options").asText(),
        node.path("volume_chown").asText());
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static SortedMap<String, String> map(JsonNode node) {
    SortedMap<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      map.put(each.getKey(), each.getValue().asText());
    }
    return map;
  }

  private static void put(ObjectNode node, String key, String value) {
    if (!value.isEmpty()) {
      node.put(key, value);
    }
  }

  private static void put(ObjectNode node, String key, SortedMap<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = node.putObject(key);
      values.forEach(object::put);
    }
  }
}
