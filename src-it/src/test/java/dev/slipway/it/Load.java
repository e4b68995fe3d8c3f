package dev.slipway.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask for a page without a pause, each request over a new connection, until closed.
 */
final class Load implements AutoCloseable {
  private final AtomicBoolean going = new AtomicBoolean(true);
  private final AtomicInteger total = new AtomicInteger();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final List<Thread> clients = new ArrayList<>();

  static Load on(Server server, String app, int clients) {
    Load load = new Load();
    for (int i = 0; i < clients; i++) {
      load.clients.add(
          Thread.ofVirtual().start(() -> load.ask(server.httpPort(), app + ".example.test")));
    }
    return load;
  }

  private void ask(int port, String host) {
    while (going.get()) {
      total.incrementAndGet();
      try {
        RawHttp.Answer answer = RawHttp.get(port, host, "/");
        if (answer.status() != 200) {
          fail("status " + answer.status());
        }
      } catch (IOException e) {
        fail(e.toString());
      }
    }
  }

  private synchronized void fail(String how) {
    failures.merge(how, 1, Integer::sum);
  }

  int total() {
    return total.get();
  }

  synchronized Map<String, Integer> failures() {
    return Map.copyOf(failures);
  }

  @Override
  public void close() {
    going.set(false);
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
