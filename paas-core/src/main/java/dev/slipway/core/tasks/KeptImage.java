package dev.slipway.core.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the image that a task leaves differs from its container: it starts as the image before did,
 * and holds no value of the app's configuration. An engine takes settings of a container over and
 * cannot drop one, so a variable that only the container had is empty in the image.
 */
final class KeptImage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeptImage() {}

  static Map<String, String> labels(Task task, String container) {
    Map<String, String> labels = new HashMap<>();
    for (String pair : List.of(Labels.SCHEMA_VERSION, Labels.VENDOR)) {
      int equals = pair.indexOf('=');
      labels.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    labels.put(Labels.APP, task.app().value());
    labels.put("com.dokku.predeploy-phase", "true");
    labels.put(Tasks.PHASE_LABEL, "");
    labels.put(ThrowAway.LABEL, container);
    return labels;
  }

  /**
   * As lines of a Dockerfile.
   *
   * @param variables the names of variables that the container was given
   */
  static List<String> changes(Image before, SourceType source, Collection<String> variables) {
    List<String> changes = new ArrayList<>();
    Map<String, String> former = former(before);
    for (String name : new TreeSet<>(variables)) {
      changes.add("ENV " + name + "=" + quoted(former.getOrDefault(name, "")));
    }
    if (source != SourceType.HEROKUISH) {
      if (!before.entrypoint().isEmpty()) {
        changes.add("ENTRYPOINT " + json(before.entrypoint()));
      }
      if (!before.command().isEmpty()) {
        changes.add("CMD " + json(before.command()));
      }
    }
    return changes;
  }

  private static Map<String, String> former(Image image) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : image.environment()) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return values;
  }

  /** A line of a Dockerfile cannot hold a line end. */
  private static String quoted(String value) {
    boolean oneLine = value.indexOf('\n') < 0 && value.indexOf('\r') < 0;
    return oneLine ? '"' + value.replaceAll("([\\\\\"$])", "\\\\$1") + '"' : "\"\"";
  }

  private static String json(List<String> words) {
    try {
      return JSON.writeValueAsString(words);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings always make JSON", e);
    }
  }
}
