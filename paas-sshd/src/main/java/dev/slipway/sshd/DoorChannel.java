package dev.slipway.sshd;

import dev.slipway.core.call.Terminal.Size;
import dev.slipway.core.sshkeys.Admission;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * The one kind of channel: it runs a command. Variables go through the allow-list, a terminal is
 * given if the key's line lets it; forwarding of agents and displays, and subsystems, are refused.
 */
final class DoorChannel extends ChannelSession {
  private static final int LARGEST = 10_000;

  private static final int MOST_CHANNELS = 10;
  private static final AttributeKey<AtomicInteger> OPEN = new AttributeKey<>();

  private final ClientVariables variables = new ClientVariables();
  private volatile Optional<Console> console = Optional.empty();

  /** What the client asked for and got. */
  Map<String, String> variables() {
    return variables.all();
  }

  /** The terminal, if the client asked for one and got it. */
  Optional<Console> console() {
    return console;
  }

  /**
   * Refuses one channel too many. The library's own limit ends the whole session, with all that run
   * in it.
   */
  @Override
  protected OpenFuture doInit(Buffer buffer) {
    AtomicInteger open = getSession().computeAttributeIfAbsent(OPEN, key -> new AtomicInteger());
    if (open.incrementAndGet() > MOST_CHANNELS) {
      open.decrementAndGet();
      OpenFuture refused = new DefaultOpenFuture(this, this);
      refused.setException(
          new SshChannelOpenException(
              getChannelId(), SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many channels"));
      return refused;
    }
    addCloseFutureListener(closed -> open.decrementAndGet());
    return super.doInit(buffer);
  }

  /**
   * Ends the channel as sshd does: the exit status goes first. A client that has ended its input
   * answers our end of output by closing, and a status sent after that would never reach it.
   */
  @Override
  protected void closeShell(int status, boolean immediate) throws IOException {
    try {
      if (!isClosing()) {
        out.flush();
        err.flush();
        sendExitStatus(status);
        out.close();
        sendEof();
      }
    } finally {
      commandExitFuture.setClosed();
      close(immediate);
    }
  }

  @Override
  protected Result handleEnvParsed(String name, String value) {
    return variables.offer(name, value) ? Result.ReplySuccess : Result.ReplyFailure;
  }

  @Override
  protected Result handlePtyReqParsed(
      String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) {
    boolean allowed =
        KeyLogin.who(getSession()).filter(Admission.Admitted::terminal).isPresent()
            && console.isEmpty();
    if (!allowed) {
      return Result.ReplyFailure;
    }
    String type = variables.offer("TERM", term) ? term : "dumb";
    console = Optional.of(new Console(type, bounded(rows), bounded(columns)));
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleWindowChangeParsed(int columns, int rows, int width, int height) {
    console.ifPresent(terminal -> terminal.resized(new Size(bounded(rows), bounded(columns))));
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleSignalParsed(String name) {
    if (commandInstance instanceof DoorCommand command) {
      command.signal(name);
    }
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleBreakParsed(long length) {
    if (commandInstance instanceof DoorCommand command) {
      command.signal("INT");
    }
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleAgentForwardingParsed(String type) {
    return Result.ReplyFailure;
  }

  private static int bounded(int size) {
    return Math.clamp(size, 0, LARGEST);
  }
}
