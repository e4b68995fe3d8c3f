package dev.slipway.cli.door;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The daemon's end of the socket: each test decides what is answered. */
final class FakeDaemon implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;

  FakeDaemon(Path socket) throws IOException {
    this.socket = socket;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  Path socket() {
    return socket;
  }

  /** The next launcher, its request read and its session being served. */
  Served accept() throws IOException {
    SocketChannel channel = server.accept();
    LauncherWire wire =
        new LauncherWire(Channels.newInputStream(channel), Channels.newOutputStream(channel));
    return new Served(wire, channel);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One call, with what happened to it as words: "signal 2", "resize 30 100", "lost 1", "gone". */
  static final class Served implements LauncherEvents, Closeable {
    private final LauncherWire wire;
    private final Closeable channel;
    private final LauncherRequest request;
    private final LauncherSession session;
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    Served(LauncherWire wire, Closeable channel) throws IOException {
      this.wire = wire;
      this.channel = channel;
      request = LauncherRequest.read(wire);
      session = new LauncherSession(wire);
      Thread.startVirtualThread(this::serve);
    }

    private void serve() {
      try {
        session.serve(this);
      } catch (IOException e) {
        events.add("broken: " + e);
      }
    }

    LauncherWire wire() {
      return wire;
    }

    LauncherRequest request() {
      return request;
    }

    LauncherSession session() {
      return session;
    }

    @Nullable String nextEvent() throws InterruptedException {
      return events.poll(20, TimeUnit.SECONDS);
    }

    /** The daemon's end of the call goes away, as if the daemon had died. */
    void vanish() throws IOException {
      channel.close();
    }

    @Override
    public void signal(int number) {
      events.add("signal " + number);
    }

    @Override
    public void resize(int rows, int columns) {
      events.add("resize " + rows + " " + columns);
    }

    @Override
    public void lost(int descriptor) {
      events.add("lost " + descriptor);
    }

    @Override
    public void gone() {
      events.add("gone");
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
