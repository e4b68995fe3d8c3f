package dev.slipway.builder.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.deploy.DeployLeases;
import dev.slipway.core.deploy.Facts;
import dev.slipway.core.deploy.Pins;
import dev.slipway.core.deploy.PushRecovery;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Step;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.InstallationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next start makes of a push that was cut off while git had its objects in quarantine. */
class PushRecoveryIT {
  private static final String BUILD = "build1";

  @TempDir Path folder;
  private PushServer server = new PushServer(Path.of("/"));
  private final StubEngine engine = new StubEngine();
  private String commit = "";
  private Path quarantine = Path.of("/");
  private Path work = Path.of("/");

  @BeforeEach
  void cutAPushOff() throws Exception {
    server = new PushServer(folder);
    server.start();
    server.commit("first", "x");
    server.push("master");
    commit = server.commit("second", "y");
    quarantine = quarantine();
    work = Files.createDirectory(folder.resolve("tmp/dokku-7-git_build_app_repo.abc"));
    Files.createFile(work.resolve("file"));
    pins().pin(PushServer.APP, BUILD, quarantine);
    Files.writeString(server.lockFile(), BUILD + "\n");
    engine.images.put("dokku/app:latest", StubEngine.image("sha256:new", labels()));
    engine.images.put("former", StubEngine.image("sha256:former", labels()));
  }

  /** The client's objects where git would have them before the hook has ended. */
  private Path quarantine() throws IOException {
    Path made = server.repository().resolve("objects/tmp_objdir-incoming-x");
    Path objects = folder.resolve("client/.git/objects");
    try (Stream<Path> all = Files.walk(objects)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Path target = made.resolve(objects.relativize(each));
        Files.createDirectories(target.getParent());
        Files.copy(each, target);
      }
    }
    return made;
  }

  private static Map<String, String> labels() {
    return Map.of(Labels.APP, "app", Labels.IMAGE_STAGE, "release");
  }

  private Pins pins() {
    return new Pins(server.installation.roots, server.installation.files);
  }

  private PushRecovery recovery() {
    BuildRecords records =
        new BuildRecords(
            server.installation.roots,
            server.installation.files,
            server.installation.store,
            Clock.systemUTC());
    return new PushRecovery(
        server.installation.roots,
        server.installation.files,
        pins(),
        new NativeGit(Path.of("/usr/bin/git"), new Programs(Optional.empty()), System.getenv()),
        new DeployLeases(server.installation.roots, server.installation.files, records),
        records,
        new AppImages(
            engine.engine(),
            server.installation.roots,
            server.installation.files,
            new InstallationId("0123456789abcdef")));
  }

  private Unfinished entry(Step step) {
    return new Unfinished(
        "1",
        PushServer.APP,
        step,
        Map.of(
            Facts.BUILD,
            BUILD,
            Facts.PID,
            "7",
            Facts.REF,
            "refs/heads/master",
            Facts.COMMIT,
            commit,
            Facts.DIRECTORY,
            work.toString(),
            Facts.QUARANTINE,
            quarantine.toString(),
            Facts.IMAGE,
            "sha256:new",
            Facts.FORMER_IMAGE,
            "sha256:former"));
  }

  @Test
  void undoesWhatDidNotServeYetAndMayDoItTwice() throws Exception {
    recovery().undo(entry(Step.BUILT));
    recovery().undo(entry(Step.BUILT));

    assertThat(server.hasObject(commit)).isFalse();
    assertThat(server.ref("refs/heads/master")).isNotEmpty().isNotEqualTo(commit);
    assertThat(image()).isEqualTo("sha256:former");
    assertNothingLeft();
  }

  @Test
  void finishesWhatServesAndMayDoItTwice() throws Exception {
    recovery().finish(entry(Step.SWITCHING));
    recovery().finish(entry(Step.SWITCHING));

    assertThat(server.ref("refs/heads/master")).isEqualTo(commit);
    assertThat(server.serverGit("fsck", "--connectivity-only").status()).isZero();
    assertThat(image()).isEqualTo("sha256:new");
    assertNothingLeft();
  }

  @Test
  void movesTheRefOfAPushThatWasCutOffAfterItsDeploy() throws Exception {
    deployed(server.ref("refs/heads/master"));

    recovery().finishPushes(List.of(PushServer.APP));

    assertThat(server.ref("refs/heads/master")).isEqualTo(commit);
    assertThat(server.pins()).isEmpty();
  }

  @Test
  void leavesARefThatHasMovedSince() throws Exception {
    String now = server.ref("refs/heads/master");
    deployed("1".repeat(40));

    recovery().finishPushes(List.of(PushServer.APP));

    assertThat(server.ref("refs/heads/master")).isEqualTo(now);
    assertThat(server.pins()).isEmpty();
  }

  private void deployed(String former) {
    pins()
        .deployed(
            new Pins.Deployed(PushServer.APP, BUILD, "push", "refs/heads/master", commit, former));
  }

  @Test
  void leavesAnImageThatAnotherDeployTagged() throws Exception {
    engine.images.put("dokku/app:latest", StubEngine.image("sha256:newer", labels()));

    recovery().undo(entry(Step.BUILT));

    assertThat(image()).isEqualTo("sha256:newer");
    assertNothingLeft();
  }

  @Test
  void removesNothingThatARecordOnlySeemsToName() {
    Path precious = folder.resolve("precious");
    Unfinished forged =
        new Unfinished(
            "1",
            PushServer.APP,
            Step.OPENED,
            Map.of(
                Facts.DIRECTORY,
                server.repository().toString(),
                Facts.QUARANTINE,
                precious.toString()));

    recovery().undo(forged);

    assertThat(server.repository().resolve("HEAD")).exists();
  }

  private String image() {
    return Optional.ofNullable(engine.images.get("dokku/app:latest")).orElseThrow().id();
  }

  private void assertNothingLeft() throws IOException {
    assertThat(server.pins()).isEmpty();
    assertThat(quarantine).doesNotExist();
    assertThat(work).doesNotExist();
    assertThat(server.lockFile()).doesNotExist();
  }
}
