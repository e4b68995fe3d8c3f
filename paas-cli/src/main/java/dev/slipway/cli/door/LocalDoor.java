package dev.slipway.cli.door;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Foreground;
import dev.slipway.core.call.Gate;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.call.Terminal;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for launchers of this machine: a Unix socket that only the system user and its group may
 * open. Who calls is what the kernel says of the peer; a call that came through sudo may name the
 * user it stands for.
 */
public final class LocalDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalDoor.class);

  private final Roots roots;
  private final Gate gate;
  private final InvocationTrees trees;
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean open = new AtomicBoolean();
  private volatile Optional<ServerSocketChannel> server = Optional.empty();

  public LocalDoor(Roots roots, Gate gate, InvocationTrees trees) {
    this.roots = roots;
    this.trees = trees;
    this.gate = gate;
  }

  /** Opens the socket and serves it until closed. A socket left by a dead daemon is replaced. */
  public void start() {
    Path socket = roots.socket();
    try {
      refuseSecondDaemon(socket);
      Files.deleteIfExists(socket);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(socket), 128);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
      server = Optional.of(channel);
      open.set(true);
      Thread.ofPlatform().name("local-door").daemon().start(() -> accept(channel));
    } catch (IOException e) {
      throw new UncheckedIOException("opening " + socket, e);
    }
  }

  private static void refuseSecondDaemon(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return;
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new IOException("another daemon answers there: " + probe.isConnected());
    } catch (java.net.ConnectException nobody) {
      log.info("replacing the socket of a daemon that is gone");
    }
  }

  private void accept(ServerSocketChannel channel) {
    while (open.get()) {
      try {
        SocketChannel peer = channel.accept();
        Thread.ofVirtual().name("local-call").start(() -> serve(peer));
      } catch (IOException e) {
        if (open.get()) {
          log.warn("a local call could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  private void serve(SocketChannel peer) {
    try (peer) {
      String user = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
      ChannelStreams streams = new ChannelStreams(peer);
      LauncherWire wire = new LauncherWire(streams.in(), streams.out());
      LauncherRequest request = LauncherRequest.read(wire);
      LauncherSession session = new LauncherSession(wire);
      if (user.equals("root") || user.equals(roots.systemUser())) {
        new LocalCall(session, request, user).serve();
      } else {
        refuse(session, user);
      }
    } catch (IOException e) {
      log.info("a local call ended early: {}", e.getMessage());
    }
  }

  /** Members of the socket's group reach it, but come in as the system user only, through sudo. */
  private void refuse(LauncherSession session, String user) throws IOException {
    log.warn("refused a local call of user {}", user);
    String text =
        " !     "
            + user
            + " may call the daemon through sudo only, as user "
            + roots.systemUser()
            + "\n";
    session.err().write(text.getBytes(StandardCharsets.UTF_8));
    session.exit(1);
  }

  /** Takes no more calls and interrupts those that run. */
  @Override
  public void close() {
    open.set(false);
    workers.forEach(Thread::interrupt);
    try {
      if (server.isPresent()) {
        server.get().close();
        Files.deleteIfExists(roots.socket());
      }
    } catch (IOException e) {
      log.warn("closing the local door: {}", e.getMessage());
    }
  }

  /**
   * One launcher's call: the command runs on a thread of its own while this one listens to the
   * launcher.
   */
  private final class LocalCall implements LauncherEvents {
    private final LauncherSession session;
    private final LauncherRequest request;
    private final Identity identity;
    private final Optional<LauncherTerminal> terminal;
    private final Thread worker;

    LocalCall(LauncherSession session, LauncherRequest request, String peerUser) {
      this.session = session;
      this.request = request;
      Map<String, String> environment = believed(request.environmentByName());
      this.identity = identity(peerUser, environment);
      LauncherRequest.Terminal tty = request.terminal();
      this.terminal =
          tty.in()
              ? Optional.of(
                  new LauncherTerminal(
                      session,
                      environment.getOrDefault("TERM", "dumb"),
                      new Terminal.Size(tty.rows(), tty.columns())))
              : Optional.empty();
      this.worker = Thread.ofVirtual().name("local-command").unstarted(() -> run(environment));
    }

    /**
     * Without a call's token that nobody runs, which a second call could share, and without a key
     * that no door has seen.
     */
    private Map<String, String> believed(Map<String, String> claimed) {
      Map<String, String> environment = new HashMap<>(claimed);
      if (trees.isFromOutside(claimed)) {
        environment.keySet().removeAll(List.of("NAME", "FINGERPRINT"));
      }
      if (!trees.isOpen(claimed.getOrDefault(Call.TREE_VARIABLE, ""))) {
        environment.remove(Call.TREE_VARIABLE);
      }
      return environment;
    }

    /**
     * The launcher drops to the system user, or sudo did: then the caller is who {@code SSH_USER}
     * says.
     */
    private Identity identity(String peerUser, Map<String, String> environment) {
      boolean system = peerUser.equals(roots.systemUser());
      Identity local =
          Identity.local(
              system ? environment.getOrDefault("SSH_USER", peerUser) : peerUser,
              peerUser.equals("root"));
      Optional<String> name =
          Optional.ofNullable(environment.get("NAME")).filter(text -> !text.isEmpty());
      Optional<String> fingerprint =
          Optional.ofNullable(environment.get("FINGERPRINT")).filter(text -> !text.isEmpty());
      return system && name.isPresent()
          ? new Identity(local.unixUser(), name, fingerprint, false)
          : local;
    }

    void serve() throws IOException {
      workers.add(worker);
      worker.start();
      session.serve(this);
    }

    private void run(Map<String, String> typed) {
      Map<String, String> environment = new HashMap<>(typed);
      environment.putIfAbsent("DOKKU_PID", Integer.toString(request.pid()));
      int status = 1;
      try {
        status = gate.run(call(environment), commandLine(environment));
      } catch (RuntimeException bug) {
        log.error("a command failed outside of the gate", bug);
      } finally {
        workers.remove(worker);
        exit(status);
      }
    }

    private void exit(int status) {
      try {
        session.exit(status);
      } catch (IOException left) {
        log.info("the launcher left before its command ended with {}", status);
      }
    }

    private Call call(Map<String, String> environment) {
      return Call.from(
          identity,
          UUID.randomUUID().toString(),
          environment,
          directory(),
          new Streams(session.in(), session.out(), session.err()),
          terminal.map(Terminal.class::cast),
          new LauncherForeground());
    }

    /** Java has no path for a name that is not UTF-8. */
    private Path directory() {
      try {
        return Path.of(request.directory());
      } catch (InvalidPathException notUtf8) {
        return Path.of("/");
      }
    }

    /** The forced command of a system sshd passes what was typed in a variable. */
    private CommandLine commandLine(Map<String, String> environment) {
      return Optional.ofNullable(environment.get("SSH_ORIGINAL_COMMAND"))
          .filter(original -> !identity.root() && environment.containsKey("FINGERPRINT"))
          .<CommandLine>map(CommandLine.Typed::new)
          .orElseGet(() -> new CommandLine.Words(request.arguments()));
    }

    @Override
    public void signal(int number) {
      String name =
          switch (number) {
            case 1 -> "HUP";
            case 2 -> "INT";
            case 3 -> "QUIT";
            default -> "TERM";
          };
      boolean heard = terminal.map(each -> each.signalled(name)).orElse(false);
      if (!heard) {
        worker.interrupt();
      }
    }

    @Override
    public void resize(int rows, int columns) {
      terminal.ifPresent(each -> each.resized(new Terminal.Size(rows, columns)));
    }

    @Override
    public void lost(int descriptor) {
      log.debug("descriptor {} of a caller is closed", descriptor);
    }

    @Override
    public void gone() {
      worker.interrupt();
    }

    /** Programs run by the launcher itself, with the caller's own descriptors. */
    private final class LauncherForeground implements Foreground {
      @Override
      public int run(Program program) {
        String file = program.file().toAbsolutePath().toString();
        List<String> arguments = new java.util.ArrayList<>();
        arguments.add(file);
        arguments.addAll(program.arguments());
        try {
          LauncherProgram.End end =
              session.run(
                  new LauncherProgram(
                      file, arguments, program.environment(), program.directory().toString()));
          if (!end.executed()) {
            session
                .err()
                .write((file + ": " + end.failure() + "\n").getBytes(StandardCharsets.UTF_8));
          }
          return end.status();
        } catch (IOException left) {
          log.info("the launcher left while running {}", file);
          return 129;
        }
      }
    }
  }
}
