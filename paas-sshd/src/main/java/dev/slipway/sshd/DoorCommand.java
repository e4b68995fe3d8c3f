package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Foreground;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.process.SharedInput;
import dev.slipway.core.sshkeys.Admission;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command of a session: a call through the gate, on a virtual thread of its own. When the
 * client goes away the thread is interrupted; a program that survives that goes on, with its output
 * dropped.
 */
final class DoorCommand implements Command {
  private static final Logger log = LoggerFactory.getLogger(DoorCommand.class);
  private static final int FAILED = 1;

  private final SshCalls calls;
  private final DoorChannel channel;
  private final Admission.Admitted who;
  private final String text;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();
  private @Nullable ExitCallback exit;
  private volatile @Nullable Thread thread;

  /**
   * @param text what was typed; empty for an interactive login
   */
  DoorCommand(SshCalls calls, DoorChannel channel, Admission.Admitted who, String text) {
    this.calls = calls;
    this.channel = channel;
    this.who = who;
    this.text = text;
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession same, Environment environment) {
    thread = calls.start(this::serve);
  }

  @Override
  public void destroy(ChannelSession same) {
    channel.console().ifPresent(console -> console.signal("HUP"));
    interrupt();
  }

  /** A signal that the client sent. */
  void signal(String name) {
    channel
        .console()
        .ifPresentOrElse(
            console -> console.signal(name),
            () -> {
              if (name.equals("INT") || name.equals("TERM") || name.equals("HUP")) {
                interrupt();
              }
            });
  }

  private void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void serve() {
    int status = FAILED;
    try {
      status = run();
      out.flush();
      err.flush();
    } catch (IOException gone) {
      log.debug("the client went away before its command had ended", gone);
    } catch (RuntimeException bug) {
      log.error("a command failed outside of the gate", bug);
    } finally {
      ExitCallback callback = exit;
      if (callback != null) {
        callback.onExit(status);
      }
    }
  }

  private int run() throws IOException {
    Optional<Console> console = channel.console();
    return console.isPresent() ? onTerminal(console.get()) : onPipes();
  }

  private int onPipes() throws IOException {
    try (SharedInput input = new SharedInput(in, calls.inputFolder())) {
      Streams streams = new Streams(input, out, err);
      return pass(streams, Optional.empty(), calls.piped(streams));
    }
  }

  private int onTerminal(Console console) throws IOException {
    console.onUnheardSignal(this::interrupt);
    Thread.ofVirtual().name("ssh-keys").start(() -> console.attend(in, out));
    OutputStream stdout = console.output(out);
    OutputStream stderr = console.output(err);
    if (text.isBlank()) {
      stderr.write(("You are logged in with the key " + who.name() + ".\n").getBytes(UTF_8));
      stderr.flush();
    }
    Streams streams = new Streams(console.input(), stdout, stderr);
    Foreground foreground =
        calls
            .launcher()
            .map(launcher -> terminalOr(launcher, console, streams))
            .orElseGet(() -> calls.piped(streams));
    return pass(streams, Optional.of(console), foreground);
  }

  /** Programs that outlive the client need pipes that are drained, not a terminal. */
  private Foreground terminalOr(java.nio.file.Path launcher, Console console, Streams streams) {
    Foreground pty = new PtyPrograms(launcher, console, out, streams.err());
    Foreground pipes = calls.piped(streams);
    return program -> program.survivesHangup() ? pipes.run(program) : pty.run(program);
  }

  private int pass(Streams streams, Optional<Console> console, Foreground foreground) {
    Call call =
        Call.from(
            Identity.key(calls.user(), who.name(), who.fingerprint()),
            UUID.randomUUID().toString(),
            calls.environment(channel, who),
            calls.root(),
            streams,
            console.map(terminal -> terminal),
            foreground);
    return calls.gate().run(call, new CommandLine.Typed(text));
  }
}
