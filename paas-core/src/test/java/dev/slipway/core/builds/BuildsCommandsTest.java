package dev.slipway.core.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.builds.BuildList.Request;
import dev.slipway.core.builds.RunningBuilds.Running;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import dev.slipway.core.triggers.CoreTriggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsCommandsTest {
  private static final AppName BLOG = AppName.parse("blog");
  private static final long PID = ProcessHandle.current().pid();
  private static final VisibleApps APPS =
      new VisibleApps() {
        @Override
        public List<AppName> list(Call call) {
          return List.of(BLOG);
        }

        @Override
        public AppName existing(Call call, String name) {
          return AppName.parse(name);
        }
      };

  private final RecordedCall call = new RecordedCall();
  private final Hands clock = new Hands();
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls install first
  private TestInstallation installation;

  @SuppressWarnings("NullAway.Init")
  private BuildRecords records;

  @SuppressWarnings("NullAway.Init")
  private CurrentBuild current;

  /** A clock that the test moves. */
  private static final class Hands extends Clock {
    Instant now = Instant.parse("2026-08-01T10:00:00.123Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void install() {
    installation = new TestInstallation(folder);
    records = new BuildRecords(installation.roots, installation.files, installation.store, clock);
    current = new CurrentBuild(installation.roots, installation.files, records);
  }

  private Running begin(String id, String source) {
    Running running = records.running().begin(id, BLOG, "another tree");
    records.start(BLOG, id, PID, source);
    return running;
  }

  private void ended(String id, String source, int seconds, int exit) {
    Running running = begin(id, source);
    clock.now = clock.now.plusSeconds(seconds);
    records.end(BLOG, id, exit);
    records.running().end(running);
  }

  private void lock(String owner) {
    installation.files.write(
        installation.roots.data("apps", BLOG).resolve(".deploy.lock"), owner, "rw-r--r--");
  }

  private BuildList list() {
    return new BuildList(records, APPS);
  }

  @Test
  void listsWhatRunsNow() {
    ended("aaa", "git-hook", 3, 0);
    begin("bbb", "ps:restart");

    list().list(call.call(), new Request("", "stdout", "", ""));

    assertThat(call.out())
        .isEqualTo(
            """
            App   Build ID  Kind    PID%s  Source      Started
            blog  bbb       deploy  %d  ps:restart  2026-08-01T10:00:03Z
            """
                .formatted(" ".repeat(Long.toString(PID).length() - 3), PID));
  }

  @Test
  void listsTheRecordsOfAnAppWithWhatRunsFirst() {
    begin("aaa", "git-hook");
    clock.now = clock.now.plusSeconds(1);
    ended("bbb", "ps:restart", 74, 1);
    ended("ccc", "git-hook", 3, 0);

    list().list(call.call(), new Request("blog", "stdout", "", ""));

    assertThat(call.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "Build ID|Kind|Status|PID|Source|Started|Duration",
            "aaa|build|running|" + PID + "|git-hook|2026-08-01T10:00:00Z|1m18s",
            "ccc|build|succeeded|" + PID + "|git-hook|2026-08-01T10:01:15Z|3s",
            "bbb|deploy|failed|" + PID + "|ps:restart|2026-08-01T10:00:01Z|1m14s");
  }

  @Test
  void listsAsJsonOnOneLineAndFiltered() {
    ended("aaa", "git-hook", 3, 0);
    ended("bbb", "ps:restart", 3, 0);

    list().list(call.call(), new Request("blog", "json", "build", "succeeded"));
    list().list(call.call(), new Request("blog", "json", "", "failed"));

    assertThat(call.out())
        .isEqualTo(
            "[{\"id\":\"aaa\",\"app\":\"blog\",\"kind\":\"build\",\"pid\":"
                + PID
                + ",\"started_at\":\"2026-08-01T10:00:00.123Z\","
                + "\"finished_at\":\"2026-08-01T10:00:03.123Z\",\"status\":\"succeeded\","
                + "\"source\":\"git-hook\",\"exit_code\":0,\"display_status\":\"succeeded\","
                + "\"duration\":\"3s\",\"log_path\":\""
                + records.log(BLOG, "aaa")
                + "\"}]\n[]\n");
  }

  @Test
  void saysSoWhenThereIsNothingToList() {
    list().list(call.call(), new Request("", "stdout", "", ""));
    list().list(call.call(), new Request("blog", "stdout", "", ""));

    assertThat(call.out())
        .isEqualTo("No builds currently running\nNo builds recorded for this app\n");
  }

  @Test
  void refusesFiltersThatAreNone() {
    assertThatThrownBy(() -> list().list(call.call(), new Request("", "xml", "", "")))
        .hasMessage("Invalid format specified, supported formats: json, stdout");
    assertThatThrownBy(() -> list().list(call.call(), new Request("", "", "x", "")))
        .hasMessage("Invalid --kind value \"x\" (allowed: build, deploy)");
    assertThatThrownBy(() -> list().list(call.call(), new Request("", "", "", "x")))
        .hasMessage(
            "Invalid --status value \"x\""
                + " (allowed: running, succeeded, failed, canceled, abandoned)");
  }

  @Test
  void showsOneRecord() {
    ended("aaa", "git-hook", 3605, 0);

    list().info(call.call(), BLOG, "aaa", "stdout");

    assertThat(call.out())
        .isEqualTo(
            """
            Build ID:   aaa
            App:        blog
            Kind:       build
            Status:     succeeded
            PID:        %d
            Source:     git-hook
            Started:    2026-08-01T10:00:00Z
            Finished:   2026-08-01T11:00:05Z
            Duration:   1h0m5s
            Exit Code:  0
            Log:        %s
            """
                .formatted(PID, records.log(BLOG, "aaa")));
    assertThatThrownBy(() -> list().info(call.call(), BLOG, "", "stdout"))
        .hasMessage("Please specify a build id");
    assertThatThrownBy(() -> list().info(call.call(), BLOG, "../x", "stdout"))
        .hasMessage("No build record found for blog/../x");
  }

  @Test
  void printsTheLogOfABuildThatEnded() throws IOException {
    ended("aaa", "git-hook", 3, 0);
    Files.writeString(records.log(BLOG, "aaa"), "one\ntwo\n");

    new BuildOutput(records, current).show(call.call(), BLOG, "aaa");

    assertThat(call.out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void followsABuildFromItsLastThousandLines() throws Exception {
    Running running = begin("aaa", "git-hook");
    lock("aaa\n");
    String before =
        IntStream.rangeClosed(1, 30_000)
            .mapToObj(i -> "line " + i + "\n")
            .collect(Collectors.joining());
    Path log = records.log(BLOG, "aaa");
    Files.writeString(log, before);
    Thread following =
        Thread.ofVirtual()
            .start(() -> new BuildOutput(records, current).show(call.call(), BLOG, "current"));

    Instant deadline = Instant.now().plusSeconds(30);
    while (!call.out().endsWith("line 30000\n") && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
    }
    Files.writeString(log, "the end\n", StandardOpenOption.APPEND);
    records.running().end(running);
    following.join();

    assertThat(call.out()).startsWith("line 29001\nline 29002\n").endsWith("line 30000\nthe end\n");
  }

  @Test
  void saysWhenNothingRuns() {
    new BuildOutput(records, current).show(call.call(), BLOG, "");
    lock("");
    new BuildOutput(records, current).show(call.call(), BLOG, "");

    assertThat(call.out())
        .isEqualTo("-----> App not currently deploying\n-----> No matching app deploy found\n");
  }

  @Test
  void cancelsWhatRunsAndEndsItsContainersOnly() {
    Running running = begin("aaa", "git-hook");
    running.operation().onCancel(() -> records.running().end(running));
    lock("aaa\n");

    cancel().run(call.call(), BLOG);
    records.running().begin("aaa", BLOG, "tree").operation().cancel();
    records.end(BLOG, "aaa", 143);

    assertThat(call.out()).isEqualTo("-----> Killing app deploy\n");
    assertThat(records.find(BLOG, "aaa").orElseThrow().status()).isEqualTo("canceled");
    assertThat(records.find(BLOG, "aaa").orElseThrow().exitCode()).hasValue(-1);
  }

  @Test
  void whatRunsForAnAppThatIsDestroyedEndsFirst() {
    Running running = begin("aaa", "git-hook");
    running.operation().onCancel(() -> records.running().end(running));
    Running own = records.running().begin("bbb", BLOG, call.call().tree());
    cancel().register(installation.handlers);

    installation.triggers.fire(call.call(), CoreTriggers.PRE_DELETE, BLOG, "latest");

    assertThat(running.operation().isCancelled()).isTrue();
    assertThat(own.operation().isCancelled()).isFalse();
    assertThat(call.out()).isEqualTo("-----> Ending build aaa\n");
  }

  @Test
  void letsABuildGoOnWhoseNewContainersServe() {
    begin("aaa", "git-hook").operation().commit();
    lock("aaa\n");

    cancel().run(call.call(), BLOG);

    assertThat(call.err()).contains("Build aaa has its new containers in service: it goes on");
  }

  @Test
  void removesALockWhoseBuildIsUnknownAndMarksOneThatDied() {
    lock("zzz\n");
    cancel().run(call.call(), BLOG);
    records.start(BLOG, "aaa", PID, "git-hook");
    lock("aaa\n");
    cancel().run(call.call(), BLOG);
    lock("aaa\n");
    cancel().run(call.call(), BLOG);

    assertThat(call.out())
        .isEqualTo(
            """
            -----> No build record for zzz, removing stale lock file
            -----> Build was already terminated, marking failed
            -----> Build aaa is no longer running (status=failed); leaving record untouched
            """);
    assertThat(records.find(BLOG, "aaa").orElseThrow().exitCode()).hasValue(-1);
  }

  @Test
  void closesTheRecordsOfAFormerDaemon() {
    records.start(BLOG, "aaa", PID, "git-hook");

    cancel().settle(List.of(BLOG));

    assertThat(records.find(BLOG, "aaa").orElseThrow().status()).isEqualTo("failed");
  }

  private BuildCancel cancel() {
    return new BuildCancel(records, current, new MemoryEngine());
  }

  @Test
  void recordsGoWithTheAppToItsNewName() throws IOException {
    ended("aaa", "git-hook", 3, 0);
    Files.writeString(records.log(BLOG, "aaa"), "the log\n");
    AppName weblog = AppName.parse("weblog");

    records.rename(BLOG, weblog);

    assertThat(records.of(BLOG)).isEmpty();
    assertThat(records.require(weblog, "aaa").app()).isEqualTo("weblog");
    assertThat(records.log(weblog, "aaa")).hasContent("the log");
  }

  @Test
  void takesPositiveNumbersForTheRetention() {
    PropertySetter setter = new PropertySetter(installation.store, APPS);
    BuildProperties.set(call.call(), setter, List.of("blog", "retention", "3"));

    assertThat(call.out()).isEqualTo("=====> Setting retention to 3\n");
    assertThat(records.retention(BLOG)).isEqualTo(3);
    assertThatThrownBy(
            () -> BuildProperties.set(call.call(), setter, List.of("blog", "retention", "x")))
        .isInstanceOf(UserError.class)
        .hasMessage("Invalid retention \"x\": must be a positive integer");
    assertThatThrownBy(
            () -> BuildProperties.set(call.call(), setter, List.of("--global", "retention", "0")))
        .hasMessage("Invalid retention 0: must be >= 1");
    assertThatThrownBy(() -> BuildProperties.set(call.call(), setter, List.of("blog", "x", "0")))
        .hasMessageStartingWith("Invalid property \"x\" (allowed: ");
  }
}
