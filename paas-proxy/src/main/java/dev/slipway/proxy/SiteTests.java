package dev.slipway.proxy;

import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Has nginx test one site in a main configuration of its own. The names of these files are fixed,
 * {@code main.1.conf} to {@code main.4.conf}, because the rules that let the system user run the
 * test as root name each of them.
 */
final class SiteTests {
  private static final int AT_ONCE = 4;

  private final DurableFiles files;
  private final HttpConfig httpConfig;
  private final Nginx nginx;
  private final Path folder;
  private final BlockingQueue<Path> mains = new LinkedBlockingQueue<>();

  SiteTests(Roots roots, DurableFiles files, HttpConfig httpConfig, Nginx nginx) {
    this.files = files;
    this.httpConfig = httpConfig;
    this.nginx = nginx;
    this.folder = HttpConfig.folder(roots).resolve("temp");
    for (int number = 1; number <= AT_ONCE; number++) {
      mains.add(folder.resolve("main." + number + ".conf"));
    }
  }

  /** Makes the folder of the tests, without what a killed process left in it. */
  void prepare() {
    files.deleteTree(folder);
    files.createDirectories(folder);
  }

  /**
   * Tests a site that is not in place yet.
   *
   * @param ticket tells its file from those of other changes of the app
   * @throws dev.slipway.core.error.UserError if nginx refuses it
   */
  void testAlone(Site site, long ticket) {
    Path file = folder.resolve(site.app() + "." + ticket + ".conf");
    files.write(file, NginxSite.renderAlone(site), DurableFiles.READABLE);
    try {
      test(file)
          .ifPresent(
              refusal -> {
                throw refusal.failure("nginx refuses the new configuration of " + site.app());
              });
    } finally {
      files.delete(file);
    }
  }

  /**
   * What nginx says against the file of a site, if anything. Waits while four others are tested.
   */
  Optional<Refusal> test(Path site) {
    Path main = takeMain(site);
    try {
      files.write(main, httpConfig.around(site), DurableFiles.READABLE);
      return nginx.test(main);
    } finally {
      files.delete(main);
      mains.add(main);
    }
  }

  private Path takeMain(Path site) {
    try {
      return mains.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the test of " + site, e);
    }
  }
}
