package dev.slipway.core.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Streams;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.output.Backlogged;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the client of each push is behind. A hook's text goes to its client through git, which
 * hides whether he reads; if the hook said too much, git would not get to move the ref before he
 * does. Safe for use by many threads.
 */
public final class PushOutputs {
  private final Map<String, Backlogged> clients = new ConcurrentHashMap<>();

  /** A push whose client is known. */
  interface Known extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param call what git's own output goes to
   */
  Known client(String push, Call call) {
    if (call.streams().out() instanceof Backlogged client) {
      clients.put(push, client);
    }
    return () -> clients.remove(push);
  }

  /** A call from the hook, whose output tells of what waits for the client. */
  Call ofHook(Call call) {
    Optional<Backlogged> client =
        call.variable(GitObjects.PUSH).flatMap(push -> Optional.ofNullable(clients.get(push)));
    return client.map(behind -> told(call, behind)).orElse(call);
  }

  private static Call told(Call call, Backlogged client) {
    Streams streams = call.streams();
    OutputStream out = new Told(streams.out(), client);
    return call.withStreams(new Streams(streams.in(), out, streams.err()), call.foreground());
  }

  private static final class Told extends FilterOutputStream implements Backlogged {
    private final Backlogged client;

    Told(OutputStream out, Backlogged client) {
      super(out);
      this.client = client;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
    }

    @Override
    public long behind() {
      return client.behind();
    }
  }
}
