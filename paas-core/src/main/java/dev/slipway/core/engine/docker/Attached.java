package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.slipway.core.call.Streams;
import dev.slipway.core.call.Terminal;
import dev.slipway.core.call.Terminal.Registration;
import dev.slipway.core.error.ToolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers and commands in containers whose streams are the caller's. */
final class Attached {
  private static final Logger LOG = LoggerFactory.getLogger(Attached.class);

  /** What a shell shows for a program that nobody listened to any more (128 + SIGPIPE). */
  private static final int READER_GONE = 141;

  /** What a shell shows for a program that was interrupted. */
  private static final int INTERRUPTED = 130;

  private static final int CONSOLE_SIZE_MINOR = 42;

  private final EngineApi api;

  Attached(EngineApi api) {
    this.api = api;
  }

  int run(String id, Streams streams, boolean forwardInput, Optional<Terminal> terminal) {
    JsonNode container = api.get(Target.of("containers", id, "json"));
    boolean tty = container.at("/Config/Tty").booleanValue();
    boolean removesItself = container.at("/HostConfig/AutoRemove").booleanValue();
    Target attach =
        Target.of("containers", id, "attach")
            .with("stream", 1)
            .with("stdin", forwardInput ? 1 : 0)
            .with("stdout", 1)
            .with("stderr", 1);
    Target wait =
        Target.of("containers", id, "wait")
            .with("condition", removesItself ? "removed" : "next-exit");
    try (HijackedConnection connection = open(attach, new byte[0]);
        Response end = api.stream(Method.POST, wait);
        Heartbeat _ =
            Heartbeat.watch(
                api,
                () -> {
                  connection.closeQuietly();
                  end.close();
                });
        Followed followed = follow(terminal, Target.of("containers", id, "resize"), id)) {
      api.post(Target.of("containers", id, "start"));
      followed.resizeNow();
      Optional<Integer> early = converse(connection, streams, forwardInput, tty);
      return early.isPresent() ? early.get() : exitCode(end);
    } catch (IOException e) {
      throw api.unavailable(e);
    }
  }

  private static int exitCode(Response end) throws IOException {
    try (InputStream text = end.getBody()) {
      JsonNode answer = EngineApi.JSON.readTree(text);
      String error = answer.at("/Error/Message").asText("");
      if (!error.isEmpty()) {
        throw new ToolFailure("waiting for the container failed: " + error);
      }
      return answer.path("StatusCode").intValue();
    }
  }

  int exec(
      String id,
      List<String> command,
      Optional<String> workdir,
      Streams streams,
      boolean tty,
      Optional<Terminal> terminal) {
    ObjectNode wanted = EngineApi.JSON.createObjectNode();
    wanted.put("AttachStdin", true).put("AttachStdout", true).put("AttachStderr", true);
    wanted.put("Tty", tty);
    command.forEach(wanted.putArray("Cmd")::add);
    workdir.ifPresent(folder -> wanted.put("WorkingDir", folder));
    String exec = api.post(Target.of("containers", id, "exec"), wanted).path("Id").asText();
    ObjectNode start = EngineApi.JSON.createObjectNode().put("Detach", false).put("Tty", tty);
    if (tty && api.minorVersion() >= CONSOLE_SIZE_MINOR) {
      terminal
          .map(Terminal::size)
          .filter(size -> size.rows() > 0 && size.columns() > 0)
          .ifPresent(size -> start.putArray("ConsoleSize").add(size.rows()).add(size.columns()));
    }
    try (HijackedConnection connection =
            open(Target.of("exec", exec, "start"), EngineApi.bytes(start));
        Heartbeat _ = Heartbeat.watch(api, connection::closeQuietly);
        Followed followed = follow(terminal, Target.of("exec", exec, "resize"), "")) {
      followed.resizeNow();
      Optional<Integer> early = converse(connection, streams, true, tty);
      return early.isPresent()
          ? abandoned(id, exec, early.get())
          : api.get(Target.of("exec", exec, "json")).path("ExitCode").intValue();
    } catch (IOException e) {
      throw api.unavailable(e);
    }
  }

  /** The engine leaves a command alone when its streams go away, so it is ended here. */
  private int abandoned(String id, String exec, int status) {
    boolean interrupted = Thread.interrupted();
    try {
      new ExecEnd(api).end(id, exec);
    } catch (ToolFailure e) {
      LOG.warn("a command in a container outlives its caller container={} exec={}", id, exec, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return status;
  }

  private HijackedConnection open(Target target, byte[] body) {
    String versioned = api.versioned(target);
    return api.within(api.limit(), () -> HijackedConnection.open(api.socket(), versioned, body));
  }

  /**
   * Carries bytes both ways until the engine ends its side.
   *
   * @return a status if the caller's side ended first
   */
  private static Optional<Integer> converse(
      HijackedConnection connection, Streams streams, boolean forwardInput, boolean tty)
      throws IOException {
    Thread input =
        forwardInput ? Thread.ofVirtual().start(() -> feed(streams.in(), connection)) : null;
    try {
      Frames.copy(connection.in(), tty, streams.out(), streams.err());
      return Optional.empty();
    } catch (Frames.ReaderGone e) {
      return Optional.of(READER_GONE);
    } catch (ClosedByInterruptException e) {
      return Optional.of(INTERRUPTED);
    } finally {
      if (input != null) {
        input.interrupt();
      }
    }
  }

  private static void feed(InputStream from, HijackedConnection to) {
    byte[] buffer = new byte[65536];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.out().write(buffer, 0, n);
      }
      to.endOutput();
    } catch (IOException ended) {
      // the command no longer reads or has ended, or the caller went away: its output tells
      LOG.trace("input ended", ended);
    }
  }

  /** The caller's terminal while a command has it. */
  private final class Followed implements AutoCloseable {
    private final Optional<Terminal> terminal;
    private final Target resize;
    private final List<Registration> registrations = new ArrayList<>();

    Followed(Optional<Terminal> terminal, Target resize) {
      this.terminal = terminal;
      this.resize = resize;
    }

    void resizeNow() {
      terminal.map(Terminal::size).ifPresent(size -> resize(resize, size));
    }

    @Override
    public void close() {
      registrations.reversed().forEach(Registration::close);
    }
  }

  private Followed follow(Optional<Terminal> terminal, Target resize, String signalled) {
    Followed followed = new Followed(terminal, resize);
    terminal.ifPresent(
        present -> {
          followed.registrations.add(present.raw());
          followed.registrations.add(present.onResize(size -> resize(resize, size)));
          if (!signalled.isEmpty()) {
            followed.registrations.add(present.onSignal(name -> signal(signalled, name)));
          }
        });
    return followed;
  }

  private void resize(Target resize, Terminal.Size size) {
    if (size.rows() <= 0 || size.columns() <= 0) {
      return;
    }
    try {
      api.post(Target.of(resize + "?h=" + size.rows() + "&w=" + size.columns()));
    } catch (ToolFailure e) {
      // not yet started or already over; a wrong size ends nothing
      LOG.debug("resize refused target={}", resize, e);
    }
  }

  private void signal(String id, String name) {
    try {
      api.post(Target.of("containers", id, "kill").with("signal", name));
    } catch (ToolFailure e) {
      LOG.debug("signal refused container={} signal={}", id, name, e);
    }
  }
}
