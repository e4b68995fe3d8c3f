package dev.slipway.it;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody who asks several apps for their page, one after the other, until closed. */
final class Visitor implements AutoCloseable {
  private final Server server;
  private final List<String> apps;
  private final Set<String> pages = new TreeSet<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private Visitor(Server server, List<String> apps) {
    this.server = server;
    this.apps = apps;
    this.thread = Thread.ofVirtual().start(this::visit);
  }

  static Visitor of(Server server, List<String> apps) {
    return new Visitor(server, apps);
  }

  private void visit() {
    try {
      do {
        for (String app : apps) {
          note(app);
        }
      } while (!closing.await(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void note(String app) {
    String seen;
    try {
      RawHttp.Answer answer = RawHttp.get(server.httpPort(), app + ".example.test", "/");
      seen = answer.status() == 200 ? answer.body() : app + ": " + answer.head();
    } catch (IOException e) {
      seen = app + ": " + e;
    }
    synchronized (pages) {
      pages.add(seen);
    }
  }

  /** All that was answered; what was not a page, with the name of the app. */
  Set<String> pages() {
    synchronized (pages) {
      return Set.copyOf(pages);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
