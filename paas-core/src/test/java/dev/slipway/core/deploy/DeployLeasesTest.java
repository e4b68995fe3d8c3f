package dev.slipway.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.deploy.DeployLeases.Lease;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployLeasesTest {
  private static final AppName BLOG = AppName.parse("blog");
  private static final String REFUSED =
      "blog currently has a deploy lock in place. Exiting...\n"
          + "Run 'apps:unlock' to release the existing deploy lock";

  @TempDir Path root;
  private Path file = Path.of("/");
  private DeployLeases leases = leases();

  private DeployLeases leases() {
    Roots roots = new Roots(root, root, root, root, System.getProperty("user.name"), "root");
    DurableFiles files = new DurableFiles(roots);
    return new DeployLeases(
        roots,
        files,
        new BuildRecords(
            roots, files, new PropertyStore(roots, files), java.time.Clock.systemUTC()));
  }

  @BeforeEach
  void knowTheFile() throws IOException {
    leases = leases();
    file = root.resolve("data/apps/blog/.deploy.lock");
    Files.createDirectories(root.resolve("data/apps/blog"));
  }

  @Test
  void namesTheBuildWhileHeldAndRemovesTheFile() {
    try (Lease lease = leases.acquire(BLOG, "one")) {
      assertThat(file).hasContent("one");
      assertThatThrownBy(() -> leases.acquire(BLOG, "two"))
          .isInstanceOf(UserError.class)
          .hasMessage(REFUSED);
      assertThat(file).hasContent("one");
    }
    assertThat(file).doesNotExist();
    leases.acquire(BLOG, "three").close();
  }

  @Test
  void namesTheBuildThatHoldsIt() throws IOException {
    Files.createDirectories(root.resolve("data/builds/blog"));
    Files.writeString(
        root.resolve("data/builds/blog/one.json"),
        """
        {"id": "one", "app": "blog", "kind": "build", "pid": 1, "status": "running",
         "started_at": "2026-01-02T03:04:05.678Z", "source": "git-hook"}
        """);
    try (Lease lease = leases.acquire(BLOG, "one")) {
      assertThatThrownBy(() -> leases.acquire(BLOG, "two"))
          .hasMessage(
              REFUSED + "\nBuild one holds it since 2026-01-02T03:04:05Z, started by git-hook");
    }
  }

  @Test
  void takesOverTheFileOfABuildThatDied() throws IOException {
    Files.writeString(file, "dead\n");

    try (Lease lease = leases.acquire(BLOG, "one")) {
      assertThat(file).hasContent("one");
    }
  }

  @Test
  void leavesNothingWhenTheFileCannotBeWritten() throws IOException {
    Files.createSymbolicLink(file, root.resolve("nowhere/file"));
    assertThatThrownBy(() -> leases.acquire(BLOG, "one")).isInstanceOf(UncheckedIOException.class);
    Files.delete(file);

    leases.acquire(BLOG, "one").close();
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void respectsAFlockOfAnotherProgram() throws Exception {
    Files.writeString(file, "other\n");
    Process other =
        new ProcessBuilder("flock", file.toString(), "sh", "-c", "echo held; read line").start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");

      assertThatThrownBy(() -> leases.acquire(BLOG, "one")).hasMessage(REFUSED);
      assertThat(file).hasContent("other");
    } finally {
      other.getOutputStream().close();
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    leases.acquire(BLOG, "one").close();
  }

  @Test
  void isSeenByOtherPrograms() throws Exception {
    try (Lease lease = leases.acquire(BLOG, "one")) {
      assertThat(new ProcessBuilder("flock", "-n", file.toString(), "true").start().waitFor())
          .isEqualTo(1);
    }
  }

  @Test
  void keepsALockThatAPersonMade() throws IOException {
    Files.createFile(file);

    assertThatThrownBy(() -> leases.acquire(BLOG, "one")).hasMessage(REFUSED);
    assertThatThrownBy(() -> leases.acquire(BLOG, "two")).hasMessage(REFUSED);
    assertThat(file).isEmptyFile();
  }

  @Test
  void leavesALockThatAPersonMadeMeanwhile() throws IOException {
    try (Lease lease = leases.acquire(BLOG, "one")) {
      Files.writeString(file, "");
    }
    assertThat(file).isEmptyFile();
  }
}
