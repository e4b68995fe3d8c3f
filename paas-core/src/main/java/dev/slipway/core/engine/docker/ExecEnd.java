package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends a command in a container. The API has no call for it: the number that the process has inside
 * the container is read from the host's {@code /proc}, and a second command sends the signals.
 * Needs {@code /bin/sh} in the container.
 */
final class ExecEnd {
  private static final String SCRIPT =
      "kill -HUP \"$0\" 2>/dev/null; n=0;"
          + " while [ $n -lt 5 ] && kill -0 \"$0\" 2>/dev/null; do sleep 1; n=$((n+1)); done;"
          + " kill -KILL \"$0\" 2>/dev/null";

  private final EngineApi api;

  ExecEnd(EngineApi api) {
    this.api = api;
  }

  /** Sends HUP now and KILL five seconds later; returns at once. */
  void end(String container, String exec) {
    JsonNode state = api.get(Target.of("exec", exec, "json"));
    if (!state.path("Running").booleanValue()) {
      return;
    }
    Optional<String> inside = numberInside(state.path("Pid").asText());
    if (inside.isEmpty()) {
      return;
    }
    ObjectNode wanted = EngineApi.JSON.createObjectNode().put("User", "0");
    wanted.putArray("Cmd").add("/bin/sh").add("-c").add(SCRIPT).add(inside.get());
    String killer =
        api.post(Target.of("containers", container, "exec"), wanted).path("Id").asText();
    api.post(
        Target.of("exec", killer, "start"), EngineApi.JSON.createObjectNode().put("Detach", true));
  }

  /** The last number of the {@code NSpid} line: the one in the innermost namespace. */
  private static Optional<String> numberInside(String pid) {
    try {
      return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
          .filter(line -> line.startsWith("NSpid:"))
          .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
          .findFirst();
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reading the state of process " + pid, e);
    }
  }
}
