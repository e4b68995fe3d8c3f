package dev.slipway.core.engine.docker;

import dev.slipway.core.call.Program;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.process.HostVariables;
import dev.slipway.core.process.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a container by the docker client, for options that the mapping does not know. */
final class ClientCreate {
  private final DockerSettings settings;
  private final Programs programs;

  ClientCreate(DockerSettings settings, Programs programs) {
    this.settings = settings;
    this.programs = programs;
  }

  /**
   * @param warnings told about each variable that the client must not get
   * @return the full id
   */
  String create(ContainerSpec spec, Consumer<String> warnings) {
    Program client =
        Program.of(settings.program(), arguments(spec), environment(spec, warnings), Path.of("/"));
    String printed = programs.capture(client).strip();
    String id = printed.substring(printed.lastIndexOf('\n') + 1);
    if (!id.matches("[0-9a-f]{64}")) {
      throw new ToolFailure("docker container create printed no id: " + printed);
    }
    return id;
  }

  List<String> arguments(ContainerSpec spec) {
    List<String> words = new ArrayList<>(List.of("container", "create", "--pull=never"));
    words.addAll(spec.options());
    new TreeMap<>(settings.labels())
        .forEach((name, value) -> words.add("--label=" + name + "=" + value));
    words.add("--name=" + spec.name());
    words.add(spec.image());
    words.addAll(spec.command());
    return words;
  }

  /** The client's own variables, and those that an option names without a value. */
  Map<String, String> environment(ContainerSpec spec, Consumer<String> warnings) {
    Map<String, String> child = new TreeMap<>();
    for (String name : named(spec.options())) {
      String value = spec.environment().get(name);
      if (value == null) {
        continue;
      }
      if (HostVariables.steers(name)) {
        warnings.accept(
            "The variable "
                + name
                + " is left out: a docker option makes the docker client create this container,"
                + " and it must not get a variable of that name");
        continue;
      }
      child.put(name, value);
    }
    child.putAll(settings.environment());
    return child;
  }

  private static Set<String> named(List<String> options) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < options.size(); i++) {
      String word = options.get(i);
      if ((word.equals("-e") || word.equals("--env")) && i + 1 < options.size()) {
        names.add(options.get(++i));
      } else if (word.startsWith("--env=")) {
        names.add(word.substring("--env=".length()));
      } else if (word.startsWith("-e") && !word.startsWith("--")) {
        names.add(word.substring(2).replaceFirst("^=", ""));
      }
    }
    names.removeIf(name -> name.contains("="));
    return names;
  }
}
