package dev.slipway.sshd;

import dev.slipway.core.call.Gate;
import dev.slipway.core.process.Programs;
import dev.slipway.core.process.SharedInput;
import dev.slipway.core.sshkeys.Admission;
import dev.slipway.core.sshkeys.AuthorizedKeysFile;
import dev.slipway.core.sshkeys.SshKeys;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SSH server: takes connections, lets keys in, hands each command to the gate. It has no rules
 * of its own about commands. No shell, no forwarding, no subsystems.
 */
public final class SshDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SshDoor.class);
  private static final int MOST_NEWCOMERS_PER_SOURCE = 100;
  private static final int MOST_NEWCOMERS = 300;
  private static final int MOST_CHANNELS = 100;
  private static final int MOST_AUTH_REQUESTS = 6;
  private static final Duration LOGIN_TIME = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /**
   * A client who took no byte of what waits for him in this time, though his machine answers, is
   * taken for gone. Long, since somebody may look at one page of a log in peace; nothing but this
   * client's own command waits for it.
   */
  private static final Duration NOT_READING = Duration.ofHours(1);

  private final SshSettings settings;
  private final HostKeys hostKeys;
  private final KeyLogin login;
  private final SshCalls calls;
  private final Newcomers newcomers;
  private final SshServer server;

  public SshDoor(
      SshSettings settings, Gate gate, Programs programs, Roots roots, DurableFiles files) {
    this.settings = settings;
    this.hostKeys = new HostKeys(settings, files);
    this.login =
        new KeyLogin(
            new AuthorizedKeysFile(SshKeys.file(roots)),
            Set.copyOf(List.of(roots.systemUser(), "dokku")));
    this.calls = new SshCalls(gate, programs, roots, settings.launcher());
    this.newcomers = new Newcomers(MOST_NEWCOMERS_PER_SOURCE, MOST_NEWCOMERS);
    this.server = server();
  }

  /**
   * Begins to listen.
   *
   * @throws UncheckedIOException if the address cannot be had
   */
  public void start() {
    server.setKeyPairProvider(hostKeys.load());
    try {
      SharedInput.sweep(calls.inputFolder());
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("listening for SSH on " + settings.address(), e);
    }
    log.info("ssh door open address={} port={}", settings.address().getHostString(), port());
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Takes no new connections, lets running calls end within their grace, then interrupts them. */
  public void stop(Duration grace) {
    newcomers.refuseAll();
    try {
      calls.running().awaitEnd(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException("closing the SSH door", e);
    }
  }

  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private SshServer server() {
    SshServer made =
        ServerBuilder.builder()
            .keyExchangeFactories(Algorithms.keyExchanges())
            .cipherFactories(Algorithms.ciphers())
            .macFactories(Algorithms.macs())
            .compressionFactories(Algorithms.compressions())
            .signatureFactories(Algorithms.signatures())
            .channelFactories(List.of(new Channels()))
            .globalRequestHandlers(
                List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE))
            .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
            .publickeyAuthenticator(login)
            .build(true);
    InetSocketAddress address = settings.address();
    made.setHost(address.getAddress().getHostAddress());
    made.setPort(address.getPort());
    made.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(Algorithms.signatures())));
    made.setCommandFactory((channel, text) -> command(channel, text));
    made.setShellFactory(channel -> command(channel, ""));
    made.setSubsystemFactories(List.of());
    made.addSessionListener(newcomers);
    made.addSessionListener(login);
    limit(made);
    return made;
  }

  private static void limit(SshServer made) {
    CoreModuleProperties.SERVER_IDENTIFICATION.set(made, "Slipway");
    CoreModuleProperties.TCP_NODELAY.set(made, true);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(made, true);
    CoreModuleProperties.SOCKET_BACKLOG.set(made, 1024);
    CoreModuleProperties.AUTH_TIMEOUT.set(made, LOGIN_TIME);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(made, MOST_AUTH_REQUESTS);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(made, MOST_CHANNELS);
    // a quiet build keeps its client; a client that is gone shows by unanswered heartbeats
    CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(made, NOT_READING);
    made.setSessionHeartbeat(HeartbeatType.IGNORE, HEARTBEAT);
  }

  private Command command(ChannelSession channel, String text) throws IOException {
    if (channel instanceof DoorChannel door) {
      Admission.Admitted who =
          KeyLogin.who(channel.getSession())
              .orElseThrow(() -> new IOException("a channel without login"));
      return new DoorCommand(calls, door, who, text);
    }
    throw new IOException("not one of our channels: " + channel);
  }

  private static final class Channels implements ChannelFactory {
    @Override
    public String getName() {
      return "session";
    }

    @Override
    public Channel createChannel(Session session) {
      return new DoorChannel();
    }
  }
}
