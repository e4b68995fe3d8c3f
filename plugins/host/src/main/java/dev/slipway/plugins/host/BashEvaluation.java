package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.ToolFailure;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets bash source files and tells what they changed in the environment. Bash gets a plain
 * environment, nothing of a caller: what a caller sets (a loader variable, say) must not take part
 * in what every later call is given. So conditions in the files see the daemon's environment, while
 * defaults and additions work on the caller's, see {@link EnvironmentChanges}.
 */
final class BashEvaluation {
  private static final Logger log = LoggerFactory.getLogger(BashEvaluation.class);
  private static final Path BASH = Path.of("/bin/bash");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Set<String> OF_BASH = Set.of("_", "SHLVL", "PWD", "OLDPWD");

  /**
   * The first argument lists variables that are exported later anyway, so that a value given
   * without {@code export} counts.
   */
  private static final String SCRIPT =
      """
      exec 3>&1 1>&2 </dev/null
      slipway_names=$1
      slipway_files=("${@:2}")
      set --
      for slipway_file in "${slipway_files[@]}"; do source "$slipway_file"; done
      for slipway_file in $slipway_names; do
        if [[ -v $slipway_file ]]; then export "$slipway_file"; fi
      done
      exec /usr/bin/env -0 >&3
      """;

  private final PipedPrograms programs;
  private final Map<String, String> base;
  private final Path directory;

  /**
   * @param base the environment in which the files are evaluated
   */
  BashEvaluation(PipedPrograms programs, Map<String, String> base, Path directory) {
    this.programs = programs;
    this.base = Map.copyOf(base);
    this.directory = directory;
  }

  /**
   * @throws ToolFailure if bash does not come to the end of the files, or takes longer than 30 s
   */
  EnvironmentChanges of(List<Path> files) {
    Map<String, String> plain = new HashMap<>(run(files, base));
    plain.entrySet().removeIf(each -> each.getValue().equals(base.get(each.getKey())));
    Map<String, String> marks = new HashMap<>();
    plain.keySet().forEach(name -> marks.put(name, mark(name)));
    Map<String, String> preset = new HashMap<>(base);
    preset.putAll(marks);
    return EnvironmentChanges.between(plain, run(files, preset), marks);
  }

  /** Something no file has in it; what the base has stays behind it, so that PATH still works. */
  private String mark(String name) {
    String there = base.getOrDefault(name, "");
    return "/slipway-caller-" + name + (there.isEmpty() ? "" : ":" + there);
  }

  private Map<String, String> run(List<Path> files, Map<String, String> environment) {
    List<String> arguments = new ArrayList<>(List.of("--noprofile", "--norc", "-c", SCRIPT));
    arguments.add("dokku");
    arguments.add(String.join(" ", HostVariables.DEFAULTED));
    files.forEach(file -> arguments.add(file.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Program program = Program.of(BASH, arguments, environment, directory);
    int status = limited(program, new Streams(InputStream.nullInputStream(), out, err), files);
    String said = err.toString(UTF_8).strip();
    if (status != 0) {
      throw new ToolFailure(
          "Evaluating " + names(files) + " failed with status " + status + ": " + said);
    }
    if (!said.isEmpty()) {
      log.warn("environment files said: {}", said);
    }
    return variables(out.toString(UTF_8));
  }

  private int limited(Program program, Streams streams, List<Path> files) {
    FutureTask<Integer> task = new FutureTask<>(() -> programs.run(program, streams));
    Thread.ofVirtual().start(task);
    try {
      return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ToolFailure(
          "Evaluating " + names(files) + " took longer than " + LIMIT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new ToolFailure("Evaluating " + names(files) + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ToolFailure("Evaluating " + names(files) + " was interrupted", e);
    } finally {
      task.cancel(true);
    }
  }

  private static String names(List<Path> files) {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  private static Map<String, String> variables(String dump) {
    Map<String, String> variables = new HashMap<>();
    for (String each : dump.split("\0", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0 && !OF_BASH.contains(each.substring(0, equals))) {
        variables.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return variables;
  }
}
