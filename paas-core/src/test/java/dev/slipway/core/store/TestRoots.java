package dev.slipway.core.store;

import java.nio.file.Path;

/** The folders of an installation below a test's own folder, owned by whoever runs the test. */
public final class TestRoots {
  private TestRoots() {}

  public static Roots below(Path folder) {
    String user = System.getProperty("user.name");
    Roots roots =
        new Roots(
            folder.resolve("home"),
            folder.resolve("lib"),
            folder.resolve("log"),
            folder.resolve("run"),
            user,
            user);
    new DurableFiles(roots).createDirectories(roots.dokkuRoot());
    return roots;
  }
}
