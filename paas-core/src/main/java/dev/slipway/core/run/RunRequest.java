package dev.slipway.core.run;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words behind {@code run}: flags, the app, the command. Spec: 04 section 10.1.
 *
 * @param app as typed; empty if there is none
 * @param environment {@code KEY=VALUE} pairs
 * @param variables what the scheduler is told
 */
record RunRequest(
    String app, List<String> command, List<String> environment, Map<String, String> variables) {
  private static final Map<String, String> VALUED =
      Map.of(
          "--ttl-seconds", "DOKKU_RUN_TTL_SECONDS",
          "--cron-id", "DOKKU_CRON_ID",
          "--concurrency-policy", "DOKKU_CONCURRENCY_POLICY");
  private static final Map<String, String> SWITCHES =
      Map.of("--no-tty", "DOKKU_DISABLE_TTY", "--force-tty", "DOKKU_FORCE_TTY");
  private static final Set<String> PAIRS = Set.of("-e", "--env", "-env");

  RunRequest {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    variables = Map.copyOf(variables);
  }

  /**
   * @throws UserError if a value is wrong or two flags contradict each other
   */
  static RunRequest parse(Call call, List<String> words) {
    List<String> environment = new ArrayList<>();
    Map<String, String> variables = new HashMap<>();
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at);
      int equals = word.startsWith("-") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      if (SWITCHES.containsKey(word)) {
        variables.put(SWITCHES.getOrDefault(word, ""), "true");
        at++;
        continue;
      }
      boolean pair = PAIRS.contains(name);
      if (!pair && !VALUED.containsKey(name)) {
        break;
      }
      Optional<String> value = value(call, words, at, equals, name);
      if (value.isEmpty()) {
        at = words.size();
        break;
      }
      if (pair) {
        environment.add(value.get());
      } else {
        variables.put(VALUED.getOrDefault(name, ""), value.get());
      }
      at += equals < 0 ? 2 : 1;
    }
    requireSense(variables);
    List<String> rest = words.subList(at, words.size());
    return rest.isEmpty()
        ? new RunRequest("", List.of(), environment, variables)
        : new RunRequest(rest.getFirst(), rest.subList(1, rest.size()), environment, variables);
  }

  private static Optional<String> value(
      Call call, List<String> words, int at, int equals, String name) {
    if (equals >= 0) {
      return Optional.of(words.get(at).substring(equals + 1));
    }
    if (at + 1 == words.size()) {
      call.out().warn("expected " + name + " to have an argument");
      return Optional.empty();
    }
    return Optional.of(words.get(at + 1));
  }

  private static void requireSense(Map<String, String> variables) {
    if (!variables.getOrDefault("DOKKU_RUN_TTL_SECONDS", "0").matches("[0-9]+")) {
      throw new UserError("--ttl-seconds must be a positive integer");
    }
    if (variables.containsKey("DOKKU_DISABLE_TTY") && variables.containsKey("DOKKU_FORCE_TTY")) {
      throw new UserError("Cannot specify both --force-tty and --no-tty");
    }
  }
}
