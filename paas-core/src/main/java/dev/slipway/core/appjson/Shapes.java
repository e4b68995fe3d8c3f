package dev.slipway.core.appjson;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Which shape the value of a known key has. {@code null} passes everywhere, as absent does. Spec:
 * 03 sections 7.2 to 7.5.
 */
final class Shapes {
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** What a value may be, with the words that say so. */
  private enum Shape {
    TEXT("of type string"),
    INTEGER("a whole number"),
    BOOLEAN("of type boolean"),
    LIST("of type array"),
    OBJECT("of type object"),
    TEXT_OR_OBJECT("a string or an object");

    private final String words;

    Shape(String words) {
      this.words = words;
    }

    boolean fits(JsonNode node) {
      return switch (this) {
        case TEXT -> node.isTextual();
        case INTEGER -> node.isIntegralNumber() && node.canConvertToInt();
        case BOOLEAN -> node.isBoolean();
        case LIST -> node.isArray();
        case OBJECT -> node.isObject();
        case TEXT_OR_OBJECT -> node.isTextual() || node.isObject();
      };
    }
  }

  private static final Map<String, Shape> CHECK =
      Map.ofEntries(
          Map.entry("type", Shape.TEXT),
          Map.entry("name", Shape.TEXT),
          Map.entry("attempts", Shape.INTEGER),
          Map.entry("timeout", Shape.INTEGER),
          Map.entry("wait", Shape.INTEGER),
          Map.entry("initialDelay", Shape.INTEGER),
          Map.entry("path", Shape.TEXT),
          Map.entry("content", Shape.TEXT),
          Map.entry("httpHeaders", Shape.LIST),
          Map.entry("scheme", Shape.TEXT),
          Map.entry("port", Shape.INTEGER),
          Map.entry("command", Shape.LIST),
          Map.entry("uptime", Shape.INTEGER),
          Map.entry("listening", Shape.BOOLEAN),
          Map.entry("warn", Shape.BOOLEAN),
          Map.entry("onFailure", Shape.OBJECT));
  private static final Map<String, Shape> TYPE =
      Map.of(
          "quantity", Shape.INTEGER,
          "max_parallel", Shape.INTEGER,
          "service", Shape.OBJECT,
          "autoscaling", Shape.OBJECT);
  private static final Map<String, Shape> CRON =
      Map.of(
          "command", Shape.TEXT,
          "schedule", Shape.TEXT,
          "maintenance", Shape.BOOLEAN,
          "concurrency_policy", Shape.TEXT);
  private static final Map<String, Shape> ENV =
      Map.of(
          "description", Shape.TEXT,
          "value", Shape.TEXT,
          "required", Shape.BOOLEAN,
          "generator", Shape.TEXT,
          "sync", Shape.BOOLEAN);

  /**
   * What is wrong.
   *
   * @param pointer to the value, as in RFC 6901
   */
  record Wrong(String message, String pointer) {}

  private final JsonNode root;

  private Shapes(JsonNode root) {
    this.root = root;
  }

  /** The first value, in the order of the keys below, that is not what it may be. */
  static Optional<Wrong> firstWrong(JsonNode root) {
    try {
      new Shapes(root).check();
      return Optional.empty();
    } catch (Found e) {
      return Optional.of(e.wrong);
    }
  }

  private void check() {
    if (!root.isObject()) {
      throw new Found("an object is expected at the top", JsonPointer.empty());
    }
    JsonPointer top = JsonPointer.empty();
    list(at(top, "buildpacks"), Map.of("url", Shape.TEXT));
    list(at(top, "cron"), CRON);
    env(at(top, "env"));
    object(at(top, "formation"), Map.of());
    each(at(top, "formation"), type -> object(type, TYPE));
    object(at(top, "healthchecks"), Map.of());
    each(at(top, "healthchecks"), this::healthchecks);
    object(at(top, "scripts"), Map.of("postdeploy", Shape.TEXT, "dokku", Shape.OBJECT));
    object(at(top, "scripts", "dokku"), Map.of("predeploy", Shape.TEXT, "postdeploy", Shape.TEXT));
    withoutNul(top, root);
  }

  private void env(JsonPointer env) {
    object(env, Map.of());
    each(
        env,
        variable -> {
          String name = variable.last().getMatchingProperty();
          if (!VARIABLE.matcher(name).matches()) {
            throw new Found("Invalid key name: '" + printable(name) + "'", variable);
          }
          is(variable, Shape.TEXT_OR_OBJECT);
          if (root.at(variable).isObject()) {
            object(variable, ENV);
          }
        });
  }

  private void healthchecks(JsonPointer type) {
    list(type, CHECK);
    for (int i = 0; i < root.at(type).size(); i++) {
      JsonPointer check = type.appendIndex(i);
      list(at(check, "httpHeaders"), Map.of("name", Shape.TEXT, "value", Shape.TEXT));
      JsonPointer words = at(check, "command");
      for (int word = 0; word < root.at(words).size(); word++) {
        is(words.appendIndex(word), Shape.TEXT);
      }
    }
  }

  private void each(JsonPointer object, Consumer<JsonPointer> act) {
    root.at(object).properties().forEach(each -> act.accept(object.appendProperty(each.getKey())));
  }

  private void list(JsonPointer list, Map<String, Shape> fields) {
    is(list, Shape.LIST);
    for (int i = 0; i < root.at(list).size(); i++) {
      object(list.appendIndex(i), fields);
    }
  }

  private void object(JsonPointer object, Map<String, Shape> fields) {
    is(object, Shape.OBJECT);
    new TreeMap<>(fields).forEach((key, shape) -> is(at(object, key), shape));
  }

  private void is(JsonPointer where, Shape shape) {
    JsonNode node = root.at(where);
    if (!node.isMissingNode() && !node.isNull() && !shape.fits(node)) {
      throw new Found(name(where) + " must be " + shape.words, where);
    }
  }

  /** A NUL can be in no command, variable or file. */
  private static void withoutNul(JsonPointer where, JsonNode node) {
    if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
      throw new Found(name(where) + " has a NUL character", where);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      withoutNul(where.appendIndex(i), node.get(i));
    }
    node.properties()
        .forEach(each -> withoutNul(where.appendProperty(each.getKey()), each.getValue()));
  }

  private static JsonPointer at(JsonPointer parent, String... names) {
    JsonPointer pointer = parent;
    for (String name : names) {
      pointer = pointer.appendProperty(name);
    }
    return pointer;
  }

  /** {@code healthchecks.web[0].path}. */
  private static String name(JsonPointer where) {
    StringBuilder name = new StringBuilder();
    for (JsonPointer part = where; !part.matches(); part = part.tail()) {
      if (part.mayMatchElement() && name.length() > 0 && part.getMatchingIndex() >= 0) {
        name.append('[').append(part.getMatchingIndex()).append(']');
      } else {
        name.append(name.length() == 0 ? "" : ".").append(part.getMatchingProperty());
      }
    }
    return printable(name.toString());
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Ends the walk. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Wrong wrong;

    Found(String message, JsonPointer where) {
      super(message, null, false, false);
      this.wrong = new Wrong(message, where.toString());
    }
  }
}
