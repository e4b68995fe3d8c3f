package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFilesTest {
  private static final AppName BLOG = new AppName("blog");

  private final DurableFiles files;
  private final SiteFiles sites;

  SiteFilesTest(@TempDir Path folder) {
    Roots roots =
        Roots.from(
            Map.of(
                "DOKKU_ROOT",
                folder.toString(),
                "DOKKU_SYSTEM_USER",
                System.getProperty("user.name")));
    files = new DurableFiles(roots);
    sites = new SiteFiles(roots, files);
    files.write(sites.file(BLOG), "accepted", DurableFiles.READABLE);
  }

  private Optional<String> present() {
    return files.read(sites.file(BLOG));
  }

  private void put(long ticket, Optional<String> text) {
    sites.put(BLOG, ticket, Map.of(sites.file(BLOG), text));
  }

  @Test
  void takesAllFilesOfABuildBackAsOneSet() {
    Path header = sites.file(BLOG).resolveSibling("hsts.conf");
    long first = sites.ticket();
    sites.put(
        BLOG, first, Map.of(sites.file(BLOG), Optional.of("bad"), header, Optional.of("bad")));
    long second = sites.ticket();
    put(second, Optional.of("bad too"));
    sites.takeBack(BLOG, second);
    assertThat(present()).contains("accepted");
    assertThat(files.read(header)).isEmpty();
  }

  @Test
  void letsNoOlderBuildWriteOverANewerOne() {
    long older = sites.ticket();
    long newer = sites.ticket();
    put(newer, Optional.of("newer"));
    put(older, Optional.of("older"));
    assertThat(present()).contains("newer");
    sites.takeBack(BLOG, older);
    assertThat(present()).contains("newer");
  }

  @Test
  void goesBackToTheTextThatWasAccepted() {
    long first = sites.ticket();
    put(first, Optional.of("bad"));
    long second = sites.ticket();
    put(second, Optional.of("bad too"));
    sites.takeBack(BLOG, first);
    sites.takeBack(BLOG, second);
    assertThat(present()).contains("accepted");

    long third = sites.ticket();
    put(third, Optional.of("good"));
    sites.accepted(BLOG, third, sites.present(BLOG));
    sites.takeBack(BLOG, third);
    assertThat(present()).contains("good");
  }

  @Test
  void bringsARemovedFileBack() {
    long ticket = sites.ticket();
    put(ticket, Optional.empty());
    assertThat(present()).isEmpty();
    sites.takeBack(BLOG, ticket);
    assertThat(present()).contains("accepted");
  }

  @Test
  void goesBackToWhatWasLoadedForAnOlderBuild() {
    long older = sites.ticket();
    put(older, Optional.of("older"));
    Map<Path, Optional<String>> loaded = sites.present(BLOG);
    long newer = sites.ticket();
    put(newer, Optional.of("newer"));
    sites.accepted(BLOG, older, loaded);
    assertThat(present()).contains("newer");
    sites.takeBack(BLOG, newer);
    assertThat(present()).contains("older");
  }

  @Test
  void tellsTheBuildsThatWereRefusedWhileTheyWereUnderWay() {
    long older = sites.ticket();
    long newer = sites.ticket();
    put(newer, Optional.of("bad"));
    put(older, Optional.of("older"));
    Refusal refusal = new Refusal("nginx: [emerg] no");
    assertThat(sites.refuse(BLOG, refusal)).isTrue();
    assertThat(present()).contains("accepted");
    assertThat(sites.refused(older)).contains(refusal);
    assertThat(sites.refused(newer)).contains(refusal);
    assertThat(sites.refuse(BLOG, refusal)).isFalse();
  }

  @Test
  void bringsNoFolderOfAnAppBack() {
    long ticket = sites.ticket();
    put(ticket, Optional.of("new"));
    Path folder = Objects.requireNonNull(sites.file(BLOG).getParent());
    files.deleteTree(folder);
    sites.takeBack(BLOG, ticket);
    assertThat(folder).doesNotExist();

    assertThatThrownBy(() -> put(sites.ticket(), Optional.of("new")))
        .hasMessage("App blog does not exist");
    assertThatThrownBy(() -> sites.makeParts(BLOG)).hasMessage("App blog does not exist");
    put(sites.ticket(), Optional.empty());
    assertThat(folder).doesNotExist();
  }
}
