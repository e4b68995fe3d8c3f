package dev.slipway.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest {
  private static final AppName BLOG = new AppName("blog");

  @TempDir private Path folder;
  private Roots roots = Roots.from(Map.of());
  private FileJournal journal = newJournal();

  private FileJournal newJournal() {
    return new FileJournal(roots, new DurableFiles(roots));
  }

  @BeforeEach
  void setUp() {
    String user = System.getProperty("user.name");
    roots = new Roots(folder, folder, folder, folder, user, user);
    journal = newJournal();
  }

  private static Call call(String tree) {
    return Call.from(
        Identity.local("dokku", false),
        tree,
        Map.of(),
        Path.of("/"),
        Streams.none(),
        Optional.empty(),
        program -> 0);
  }

  @Test
  void aNewDaemonFindsWhatTheFormerOneDidNotFinish() {
    Journal.Entry entry = journal.open(call("a"), BLOG, Map.of("build", "x"));
    entry.step(Step.CREATING, Map.of("deploy", "d\nwith lines"));

    List<Journal.Unfinished> found = newJournal().unfinished();

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().app()).isEqualTo(BLOG);
    assertThat(found.getFirst().step()).isEqualTo(Step.CREATING);
    assertThat(found.getFirst().facts()).isEqualTo(Map.of("build", "x", "deploy", "d\nwith lines"));
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void nothingIsLeftOfWhatWasClosedOrSettled() throws IOException {
    journal.open(call("a"), BLOG, Map.of()).close();
    journal.open(call("b"), BLOG, Map.of()).step(Step.BUILT, Map.of());
    FileJournal next = newJournal();
    next.unfinished().forEach(next::settled);

    try (Stream<Path> left = Files.list(folder.resolve("data/slipway/journal"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anInnerCallJoinsTheEntryAndDoesNotEndIt() {
    Journal.Entry outer = journal.open(call("a"), BLOG, Map.of());
    Journal.Entry inner = journal.open(call("a"), BLOG, Map.of("tag", "latest"));
    inner.step(Step.CREATING, Map.of());
    inner.close();

    assertThat(journal.current(call("a"), BLOG)).contains(Step.CREATING);
    assertThat(outer.facts()).containsEntry("tag", "latest");
    assertThat(journal.current(call("b"), BLOG)).isEmpty();
    outer.close();
    assertThat(journal.current(call("a"), BLOG)).isEmpty();
  }

  @Test
  void aRecordThatACrashCutOffDoesNotCount() throws IOException {
    journal.open(call("a"), BLOG, Map.of()).step(Step.CHECKED, Map.of());
    try (Stream<Path> files = Files.list(folder.resolve("data/slipway/journal"))) {
      Files.writeString(
          files.findFirst().orElseThrow(), "{\"app\":\"blog\",\"st", StandardOpenOption.APPEND);
    }

    assertThat(newJournal().unfinished().getFirst().step()).isEqualTo(Step.CHECKED);
  }
}
