package dev.slipway.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.engine.Labels;
import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.release.ReleaseRecord.State;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseImagesTest {
  private static final AppName BLOG = AppName.parse("blog");

  private final MemoryEngine engine = new MemoryEngine();
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first
  private TestInstallation installation;

  @SuppressWarnings("NullAway.Init")
  private ReleaseRecords records;

  @SuppressWarnings("NullAway.Init")
  private ReleaseImages images;

  @SuppressWarnings("NullAway.Init")
  private InstallationId id;

  @BeforeEach
  void install() {
    installation = new TestInstallation(folder);
    id = InstallationId.of(installation.roots, installation.files);
    records = new ReleaseRecords(installation.roots, installation.files, installation.store);
    images = new ReleaseImages(engine, records, id);
    installation.store.set("builds", Scope.of(BLOG), "retained-releases", "2");
  }

  private String built(String name) {
    engine.withImage(name, Map.of(Labels.APP, "blog", Labels.INSTALLATION, id.value()), List.of());
    return engine.image(name).orElseThrow().id();
  }

  private void released(int number, String image, State how) {
    records.write(
        BLOG,
        new ReleaseRecord(
            number,
            "dokku/blog:latest",
            image,
            "",
            "deploy",
            Instant.EPOCH,
            how,
            new TreeMap<>(),
            List.of(),
            List.of(),
            new TreeMap<>()));
    if (how == State.LIVE) {
      images.live(BLOG, number);
    }
  }

  private List<String> tags(String image) {
    return engine.image(image).map(found -> found.tags()).orElse(List.of());
  }

  @Test
  void namesEachImageByItsNewestRelease() {
    String one = built("one");
    released(1, one, State.LIVE);
    released(2, one, State.LIVE);

    assertThat(tags("one")).containsExactly("one", "dokku/blog:release-2");
    assertThat(images.retained(BLOG)).containsExactly(one);
  }

  @Test
  void keepsTheLastImagesThatWereLiveHoweverManyReleasesTheyHad() {
    String one = built("one");
    String two = built("two");
    String three = built("three");
    String failed = built("failed");
    released(1, one, State.LIVE);
    released(2, two, State.LIVE);
    released(3, failed, State.FAILED);
    released(4, three, State.LIVE);
    released(5, three, State.LIVE);

    assertThat(images.retained(BLOG)).containsExactlyInAnyOrder(two, three);
    assertThat(tags("one")).containsExactly("one");
    assertThat(tags("two")).containsExactly("two", "dokku/blog:release-2");
    assertThat(tags("three")).containsExactly("three", "dokku/blog:release-5");
  }

  @Test
  void anImageThatIsLiveAgainIsTheNewest() {
    String one = built("one");
    String two = built("two");
    released(1, one, State.LIVE);
    released(2, two, State.LIVE);
    released(3, one, State.LIVE);

    assertThat(tags("one")).containsExactly("one", "dokku/blog:release-3");
    assertThat(images.retained(BLOG)).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void recordsThatGoingBackNeedsOutliveAnyNumberOfOthers() {
    String one = built("one");
    String two = built("two");
    released(1, built("none"), State.LIVE);
    released(2, one, State.LIVE);
    for (int number = 3; number < 40; number++) {
      released(number, two, State.LIVE);
    }
    for (int number = 40; number < 70; number++) {
      released(number, built("failed"), State.FAILED);
    }

    assertThat(images.retained(BLOG)).containsExactlyInAnyOrder(one, two);
    assertThat(tags("one")).containsExactly("one", "dokku/blog:release-2");
    assertThat(tags("two")).containsExactly("two", "dokku/blog:release-39");
    assertThat(records.live(BLOG)).map(ReleaseRecord::number).contains(39);
    assertThat(records.read(BLOG, 1)).isEmpty();
    assertThat(records.newestFirst(BLOG)).hasSize(22);
  }

  @Test
  void leavesNamesAloneThatAreNotItsOwn() {
    built("dokku/blog:release-x");
    built("dokku/blog2:release-1");
    released(1, built("one"), State.LIVE);

    assertThat(tags("dokku/blog:release-x")).containsExactly("dokku/blog:release-x");
    assertThat(tags("dokku/blog2:release-1")).containsExactly("dokku/blog2:release-1");
  }
}
