package dev.slipway.core.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.journal.FileJournal;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
  private static final AppName BLOG = AppName.parse("blog");
  private static final String SKIPPED = "-----> DOKKU_SKIP_CLEANUP set. Skipping dokku cleanup\n";

  private final RecordedCall call = new RecordedCall();
  private final MemoryEngine engine = new MemoryEngine();
  private final List<String> pruned = new ArrayList<>();
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first
  private TestInstallation installation;

  @SuppressWarnings("NullAway.Init")
  private Cleanup cleanup;

  @SuppressWarnings("NullAway.Init")
  private FileJournal journal;

  private final KeptImages releases =
      new KeptImages() {
        @Override
        public Set<String> retained(AppName app) {
          return Set.of();
        }

        @Override
        public void prune(AppName app) {
          pruned.add(app.value());
        }

        @Override
        public void pruneHard(AppName app) {
          pruned.add(app + " hard");
        }
      };

  @BeforeEach
  void install() {
    installation = new TestInstallation(folder);
    InstallationId id = InstallationId.of(installation.roots, installation.files);
    engine.withImage(
        "dokku/blog:latest",
        Map.of(Labels.APP, "blog", Labels.INSTALLATION, id.value()),
        List.of());
    journal = new FileJournal(installation.roots, installation.files);
    cleanup = new Cleanup(engine, installation.store, id, releases, journal);
  }

  @Test
  void isSkippedAsTheAppSaysElseTheInstallation() {
    installation.store.set("builder", Scope.GLOBAL, "skip-cleanup", "true");
    cleanup.run(call.call(), Optional.of(BLOG));
    cleanup.run(call.call(), Optional.empty());
    assertThat(call.out()).isEqualTo(SKIPPED + SKIPPED);

    installation.store.set("builder", Scope.of(BLOG), "skip-cleanup", "false");
    cleanup.run(call.call(), Optional.of(BLOG));
    assertThat(call.out()).endsWith(SKIPPED + "-----> Cleaning up...\n");
  }

  private String ended(String name) {
    String id = InstallationId.of(installation.roots, installation.files).value();
    String container =
        engine.create(
            new ContainerSpec(
                name,
                List.of(
                    "--label=" + Labels.with(Labels.APP, "blog"),
                    "--label=" + Labels.with(Labels.INSTALLATION, id)),
                "dokku/blog:latest",
                List.of(),
                Map.of(),
                Optional.empty()));
    engine.start(container);
    engine.stop(container, Duration.ofSeconds(1));
    return container;
  }

  @Test
  void leavesContainersOfAnAppThatSomebodyElseIsDeploying() {
    String container = ended("blog.predeploy.task-1");
    Call other = new RecordedCall(Map.of(Call.TREE_VARIABLE, "other")).call();
    try (Journal.Entry _ = journal.open(other, BLOG, Map.of())) {
      cleanup.run(call.call(), Optional.empty());
      assertThat(engine.container(container)).isPresent();
    }

    cleanup.run(call.call(), Optional.empty());
    assertThat(engine.container(container)).isEmpty();
  }

  @Test
  void leavesThePresentImageAndLetsOldReleasesGo() {
    cleanup.run(call.call(), Optional.of(BLOG));

    assertThat(engine.image("dokku/blog:latest")).isPresent();
    assertThat(pruned).containsExactly("blog");
  }

  @Test
  void sparesOnlyTheLastTwoReleasesWhenTheDiskIsNearlyFull() {
    cleanup.reclaim(call.call());

    assertThat(pruned).contains("blog hard");
    assertThat(engine.image("dokku/blog:latest")).isPresent();
  }
}
