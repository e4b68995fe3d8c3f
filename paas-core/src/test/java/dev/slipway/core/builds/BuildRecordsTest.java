package dev.slipway.core.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildRecordsTest {
  private static final AppName BLOG = AppName.parse("blog");
  private static final long PID = ProcessHandle.current().pid();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

  @TempDir Path root;
  private PropertyStore properties = store();
  private BuildRecords records = records();

  private Roots roots() {
    return new Roots(root, root, root, root, "root", "root");
  }

  private PropertyStore store() {
    return new PropertyStore(roots(), new DurableFiles(roots()));
  }

  private BuildRecords records() {
    return new BuildRecords(roots(), new DurableFiles(roots()), properties, CLOCK);
  }

  @BeforeEach
  void startEmpty() {
    properties = store();
    records = records();
  }

  @Test
  void writesTheRecordAsTheReferenceDoes() {
    records.start(BLOG, "abc", PID, "git-hook");
    records.end(BLOG, "abc", 0);

    assertThat(root.resolve("data/builds/blog/abc.json"))
        .hasContent(
            """
            {
              "id": "abc",
              "app": "blog",
              "kind": "build",
              "pid": %d,
              "started_at": "2026-01-02T03:04:05.678Z",
              "finished_at": "2026-01-02T03:04:05.678Z",
              "status": "succeeded",
              "source": "git-hook",
              "exit_code": 0
            }"""
                .formatted(PID));
  }

  @Test
  void makesIdsOfFourteenCharactersThatSortByTime() {
    assertThat(BuildId.next(CLOCK.instant())).matches("[0-9a-z]{14}");
    assertThat(BuildId.next(CLOCK.instant()))
        .isLessThan(BuildId.next(CLOCK.instant().plusSeconds(1)));
  }

  @Test
  void believesAnEndOnlyOnce() {
    records.start(BLOG, "abc", PID, "ps:restart");
    records.end(BLOG, "abc", 3);
    records.end(BLOG, "abc", 0);

    assertThat(records.find(BLOG, "abc").orElseThrow().status()).isEqualTo("failed");
    assertThat(records.find(BLOG, "abc").orElseThrow().kind()).isEqualTo("deploy");
  }

  @Test
  void callsABuildOfAFormerProcessAbandonedAndThenFailed() {
    records.start(BLOG, "abc", PID, "git-hook");
    BuildRecords next = records();

    assertThat(next.status(next.find(BLOG, "abc").orElseThrow())).isEqualTo("abandoned");
    next.prune(BLOG);
    assertThat(next.find(BLOG, "abc").orElseThrow().exitCode()).hasValue(-1);
  }

  @Test
  void keepsAsManyAsTheRetentionSays() {
    properties.set("builds", Scope.of(BLOG), "retention", "2");
    for (String id : new String[] {"a", "b", "c", "d"}) {
      records.start(BLOG, id, PID, "git-hook");
      records.end(BLOG, id, 0);
    }

    assertThat(records.of(BLOG)).extracting(BuildRecord::id).containsExactly("d", "c");
  }

  @Test
  void refusesAnIdThatWouldLeadElsewhere() {
    assertThatThrownBy(() -> records.find(BLOG, "../x")).isInstanceOf(UserError.class);
  }
}
