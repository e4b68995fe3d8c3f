package dev.slipway.it;

import dev.slipway.cli.Daemon;
import dev.slipway.cli.DaemonSettings;
import java.nio.file.Path;

/**
 * The daemon as the product wires it, but for a journal that stops where the folder {@code
 * slipway.test.hold} says: see {@link BlockingJournal}. It is there to be killed.
 */
public final class BlockingJournalMain {
  private BlockingJournalMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path hold = Path.of(System.getProperty("slipway.test.hold", "/nonexistent"));
    Daemon daemon =
        new Daemon(
            DaemonSettings.from(System.getenv()), journal -> new BlockingJournal(journal, hold));
    Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
    daemon.start();
    daemon.await();
  }
}
