package dev.slipway.builder.git;

import dev.slipway.core.call.Program;
import dev.slipway.core.process.HostVariables;
import dev.slipway.core.process.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls of the native {@code git} on repositories of ours, named by {@code --git-dir}: nothing of
 * the caller's environment, no system configuration, no hooks, and no programs that a configuration
 * names.
 */
final class GitChild {
  private static final List<String> HARMLESS =
      List.of(
          "-c", "core.hooksPath=/dev/null",
          "-c", "core.fsmonitor=false",
          "-c", "core.attributesFile=/dev/null",
          "-c", "core.excludesFile=/dev/null",
          "-c", "core.alternateRefsCommand=true",
          "-c", "safe.bareRepository=explicit",
          "-c", "submodule.recurse=false",
          "-c", "gc.auto=0",
          "-c", "maintenance.auto=false");

  private final Path git;
  private final Programs programs;
  private final Map<String, String> environment;

  /**
   * @param environment the daemon's own; what would steer git is left out
   */
  GitChild(Path git, Programs programs, Map<String, String> environment) {
    this.git = git;
    this.programs = programs;
    Map<String, String> clean = HostVariables.forGit(environment);
    clean.put("GIT_TERMINAL_PROMPT", "0");
    clean.put("GIT_CONFIG_NOSYSTEM", "1");
    clean.put("GIT_ATTR_NOSYSTEM", "1");
    clean.put("LC_ALL", "C.UTF-8");
    this.environment = Map.copyOf(clean);
  }

  /**
   * @param words the subcommand and its arguments; options of git itself may come first
   */
  Program program(Path directory, Map<String, String> variables, List<String> words) {
    List<String> all = new ArrayList<>(HARMLESS);
    all.addAll(words);
    Map<String, String> merged = new HashMap<>(environment);
    merged.putAll(variables);
    return Program.of(git, all, merged, directory);
  }

  /**
   * Runs to the end. @return what it printed
   *
   * @throws dev.slipway.core.error.ToolFailure with git's own words
   */
  String run(Path directory, Map<String, String> variables, List<String> words) {
    return programs.capture(program(directory, variables, words));
  }

  Programs programs() {
    return programs;
  }
}
