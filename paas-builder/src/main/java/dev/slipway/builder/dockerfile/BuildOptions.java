package dev.slipway.builder.dockerfile;

import dev.slipway.builder.image.HostPlaces;
import dev.slipway.builder.image.OptionFields;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The options of a docker build that users and plugins may give; other words are dropped, token by
 * token. Spec: 03 section 5.1.
 *
 * @param words as they go to the docker client
 */
record BuildOptions(List<String> words) {
  private static final Set<String> VALUED =
      Set.of(
          "--add-host",
          "--allow",
          "--annotation",
          "--attest",
          "--build-arg",
          "--builder",
          "--cache-from",
          "--cache-to",
          "--call",
          "--cgroup-parent",
          "--label",
          "--memory",
          "-m",
          "--memory-swap",
          "--network",
          "--platform",
          "--progress",
          "--provenance",
          "--sbom",
          "--secret",
          "--shm-size",
          "--ssh",
          "--tag",
          "--target",
          "--ulimit");
  private static final Set<String> FLAGS = Set.of("--check", "-D", "--debug", "--no-cache");

  BuildOptions {
    words = List.copyOf(words);
  }

  /**
   * Keeps the known ones.
   *
   * @param places where the files of secrets may lie
   * @throws UserError if one would give the build the rights or the folders of the host
   */
  static BuildOptions known(List<String> given, HostPlaces places) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      int equals = word.indexOf('=');
      String name = equals > 0 ? word.substring(0, equals) : word;
      if (FLAGS.contains(word)) {
        kept.add(word);
      } else if (VALUED.contains(name) && equals > 0) {
        kept.add(word);
      } else if (VALUED.contains(word) && i + 1 < given.size()) {
        kept.add(word);
        kept.add(given.get(++i));
      }
    }
    BuildOptions options = new BuildOptions(kept);
    options.forEachValue("--allow", value -> refuse("--allow", value, "security.insecure"));
    options.forEachValue("--cache-to", value -> refuse("--cache-to", value, "type=local"));
    options.forEachValue("--secret", value -> requireOpen(value, places));
    return options;
  }

  private static void refuse(String option, String value, String forbidden) {
    for (String part : OptionFields.of(value)) {
      if (part.strip().equalsIgnoreCase(forbidden)) {
        throw refused(option, value);
      }
    }
  }

  /** Where nothing else says what is meant, the id may name a file. */
  private static void requireOpen(String secret, HostPlaces places) {
    Map<String, String> fields = new HashMap<>();
    for (String field : OptionFields.of(secret)) {
      String[] pair = field.split("=", 2);
      String name = pair[0].strip().toLowerCase(Locale.ROOT);
      fields.put(name.equals("source") ? "src" : name, pair.length == 2 ? pair[1] : "");
    }
    String id = fields.getOrDefault("id", "");
    String otherwise = id.contains("/") && !fields.containsKey("env") ? id : "";
    String path = fields.getOrDefault("src", otherwise);
    if (!path.isEmpty() && !(path.startsWith("/") && places.isOpen(path))) {
      throw refused("--secret", secret);
    }
  }

  private static UserError refused(String option, String value) {
    return new UserError(
        "A build is not given "
            + option
            + " "
            + value
            + ": it runs code that was pushed. Remove it: docker-options:remove APP build ...");
  }

  /** The variables whose values the docker client takes from its environment. */
  Set<String> namedVariables() {
    Set<String> names = new LinkedHashSet<>();
    forEachValue("--build-arg", value -> addBareName(names, value));
    forEachValue("--secret", value -> addSecret(names, value));
    return names;
  }

  private void forEachValue(String option, java.util.function.Consumer<String> action) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(option + "=")) {
        action.accept(words.get(i).substring(option.length() + 1));
      } else if (words.get(i).equals(option)) {
        action.accept(words.get(i + 1));
      }
    }
  }

  private static void addBareName(Set<String> names, String value) {
    if (!value.contains("=") && !value.isEmpty()) {
      names.add(value);
    }
  }

  private static void addSecret(Set<String> names, String value) {
    for (String part : value.split(",")) {
      if (part.startsWith("env=")) {
        names.add(part.substring("env=".length()));
      }
    }
  }
}
