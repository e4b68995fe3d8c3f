package dev.slipway.cli.door;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a program has written so far, to be waited for. */
final class Screen {
  private static final long DEADLINE_SECONDS = 30;

  private final StringBuilder text = new StringBuilder();
  private boolean over;

  Screen(InputStream in) {
    Thread.startVirtualThread(() -> read(in));
  }

  private void read(InputStream in) {
    byte[] bytes = new byte[8192];
    try {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        add(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      add("[" + e + "]");
    }
    end();
  }

  private synchronized void add(String more) {
    text.append(more);
    notifyAll();
  }

  private synchronized void end() {
    over = true;
    notifyAll();
  }

  /** The text once it contains this; fails after the deadline. */
  String await(String part) throws InterruptedException {
    return await(all -> all.contains(part), part);
  }

  /** The whole text once the program has closed it. */
  String all() throws InterruptedException {
    return await(all -> over, "the end");
  }

  private synchronized String await(Predicate<String> condition, String what)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.test(text.toString())) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || over) {
        throw new AssertionError("no " + what + " in: " + text);
      }
      wait(left);
    }
    return text.toString();
  }
}
