package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  @TempDir private Path folder;
  private Sandbox box;
  private Path lib;

  @BeforeEach
  void install() {
    box = new Sandbox(folder);
    lib = box.roots.libRoot();
  }

  private int plugn(Map<String, String> extra, String... words) {
    Map<String, String> environment = new HashMap<>(box.call().environment());
    environment.putAll(extra);
    Path program = lib.resolve("data/slipway/bin/plugn");
    return box.programs.run(
        Program.of(program, List.of(words), environment, folder), box.call().streams());
  }

  @Test
  void showsEveryCorePluginInAllFourFolders() throws IOException {
    assertThat(CorePlugins.NAMES).hasSize(45).isSorted();
    for (String name : CorePlugins.NAMES) {
      Path real = lib.resolve("core-plugins/available").resolve(name);
      assertThat(real.resolve("plugin.toml")).content().contains("[plugin.config]");
      assertThat(lib.resolve("core-plugins/enabled").resolve(name)).isSymbolicLink();
      assertThat(lib.resolve("plugins/enabled").resolve(name).toRealPath()).isEqualTo(real);
      assertThat(Files.readSymbolicLink(lib.resolve("plugins/available").resolve(name)))
          .isEqualTo(real);
    }
    assertThat(lib.resolve("plugins/config.toml")).isEmptyFile();
    assertThat(lib.resolve("core-plugins/config.toml")).isEmptyFile();
    assertThat(lib.resolve("VERSION")).hasContent("0.38.27");
  }

  @Test
  void leavesWhatIsThereAndMendsBrokenLinks() throws IOException {
    Path toml = lib.resolve("core-plugins/available/apps/plugin.toml");
    Files.writeString(toml, "kept");
    Path broken = lib.resolve("plugins/enabled/apps");
    Files.delete(broken);
    Files.createSymbolicLink(broken, folder.resolve("nowhere"));

    box.host.prepare();

    assertThat(toml).content().isEqualTo("kept");
    assertThat(broken.resolve("plugin.toml")).exists();
  }

  @Test
  void listsPluginsAsTextAndAsJson() throws IOException {
    Path pg = box.plugin("pg");
    Files.writeString(
        pg.resolve("plugin.toml"), "[plugin]\ndescription = \"a db\"\nversion = \"1.2.3\"\n");
    Files.delete(lib.resolve("plugins/enabled/pg"));

    assertThat(box.host.listing().lines())
        .hasSize(46)
        .contains("  apps                 0.38.27 enabled    core plugin apps")
        .contains("  pg                   1.2.3 disabled   a db");
    assertThat(box.host.listing().json())
        .startsWith("[{\"name\":\"00_dokku-standard\",\"version\":\"0.38.27\",\"enabled\":true,")
        .contains(
            "{\"name\":\"pg\",\"version\":\"1.2.3\",\"enabled\":false,\"core\":false,"
                + "\"description\":\"a db\",\"source_url\":\"\",\"committish\":\"\","
                + "\"branch\":\"\"}");
  }

  @Test
  void tellsWhereACheckoutComesFrom() throws IOException, InterruptedException {
    Path pg = box.plugin("pg");
    String git =
        "git init -q -b main . && git remote add origin https://example.com/pg.git"
            + " && git -c user.name=t -c user.email=t@example.com commit -q --allow-empty -m x"
            + " && git rev-parse HEAD";
    Process process =
        new ProcessBuilder("bash", "-c", git)
            .directory(pg.toFile())
            .redirectErrorStream(true)
            .start();
    String commit = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(commit).isZero();

    assertThat(box.host.listing().json())
        .contains(
            "\"source_url\":\"https://example.com/pg.git\",\"committish\":\""
                + commit
                + "\",\"branch\":\"main\"");
  }

  @Test
  void plugnListsTheSame() {
    Sandbox.write(
        box.plugin("pg").resolve("plugin.toml"),
        "[plugin]\ndescription = 'it'\nversion=\"9\"\n[plugin.config]\nversion = \"no\"\n",
        "rw-r--r--");

    assertThat(plugn(Map.of(), "list")).isZero();

    assertThat(box.out().lines().toList()).isEqualTo(box.host.listing().lines());
  }

  @Test
  void plugnEnablesAndDisables() {
    box.plugin("pg");
    Path enabled = lib.resolve("plugins/enabled/pg");

    assertThat(plugn(Map.of(), "disable", "pg")).isZero();
    assertThat(enabled).doesNotExist();
    assertThat(plugn(Map.of(), "disable", "pg")).isEqualTo(1);
    assertThat(plugn(Map.of(), "enable", "pg")).isZero();
    assertThat(plugn(Map.of(), "enable", "pg")).isZero();
    assertThat(enabled).isSymbolicLink().isDirectoryNotContaining("glob:**/pg");
    assertThat(plugn(Map.of(), "enable", "../x")).isEqualTo(1);
    assertThat(box.out()).isEmpty();
  }

  @Test
  void plugnAnswersWithoutADaemon() {
    Path fresh = folder.resolve("fresh");
    assertThat(plugn(Map.of(), "--version")).isZero();
    assertThat(plugn(Map.of("PLUGIN_PATH", fresh.toString()), "init")).isZero();
    assertThat(plugn(Map.of("PLUGIN_PATH", ""), "list")).isEqualTo(2);
    assertThat(box.out())
        .isEqualTo(
            "plugn: 0.17.1\nInitialized empty Plugn plugin path in "
                + fresh
                + "\n!! PLUGIN_PATH is not set in environment\n");
    assertThat(fresh.resolve("config.toml")).isEmptyFile();
    assertThat(plugn(Map.of(), "install", "x")).isEqualTo(1);
    assertThat(plugn(Map.of(), "dance")).isEqualTo(2);
    assertThat(box.out()).contains("No such command: dance\n");
  }

  @Test
  void plugnHandsTriggersToTheLauncherWithTheCallersEnvironment() {
    Sandbox.write(
        folder.resolve("bin/dokku"),
        "#!/usr/bin/env bash\nprintf '[%s]' \"$@\" \"$V\" \"$SLIPWAY_SOCKET\"; exit 4\n",
        "rwxr-xr-x");

    assertThat(plugn(Map.of("V", "a\nb"), "trigger", "my-hook", "", "x y")).isEqualTo(4);

    assertThat(box.out())
        .isEqualTo("[plugn-trigger][my-hook][][x y][a\nb][" + box.roots.socket() + "]");
  }
}
