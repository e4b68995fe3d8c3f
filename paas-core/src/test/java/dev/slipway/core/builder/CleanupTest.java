package dev.slipway.core.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.engine.Labels;
import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
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
    cleanup = new Cleanup(engine, installation.store, id, releases);
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
