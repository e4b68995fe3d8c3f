package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flags that reports offer, as the specification lists them. */
final class ReportFlagsTest {
  @TempDir private Path folder;
  private Installation installation;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("home/blog"));
    installation =
        new Installation(
            DaemonSettings.from(
                Map.of(
                    "DOKKU_ROOT", folder.resolve("home").toString(),
                    "DOKKU_LIB_PATH", folder.resolve("lib").toString(),
                    "DOKKU_LOGS_DIR", folder.resolve("log").toString(),
                    "DOKKU_SYSTEM_USER", System.getProperty("user.name"),
                    "DOCKER_HOST", "unix://" + folder.resolve("no-engine.sock"),
                    "SLIPWAY_RUN_DIR", folder.resolve("run").toString())));
  }

  /** Flags without {@code --TYPE-} where they have it, all of them in order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app-json  | app-json | blog    | appjson-path computed-appjson-path global-appjson-path
          app-json  | app-json | --global | computed-appjson-path global-appjson-path
          apps      | app     | blog     | created-at deploy-source deploy-source-metadata dir \
          global-disable-autocreation locked
          apps      | app     | --global | global-disable-autocreation
          builder   | builder | blog     | build-dir computed-build-dir computed-selected \
          computed-skip-cleanup detected global-build-dir global-selected global-skip-cleanup \
          selected skip-cleanup
          builder   | builder | --global | computed-skip-cleanup global-build-dir global-selected \
          global-skip-cleanup
          builder-dockerfile | builder-dockerfile | blog | computed-dockerfile-path \
          dockerfile-path global-dockerfile-path
          buildpacks | buildpacks | blog | computed-stack global-stack list stack
          buildpacks | buildpacks | --global | global-stack
          checks    | checks  | blog     | computed-wait-to-retire disabled-list \
          global-wait-to-retire skipped-list wait-to-retire
          checks    | checks  | --global | computed-wait-to-retire global-wait-to-retire
          git       | git     | blog     | computed-archive-max-files computed-archive-max-size \
          computed-deploy-branch computed-keep-git-dir deploy-branch global-archive-max-files \
          global-archive-max-size global-deploy-branch global-keep-git-dir keep-git-dir \
          last-updated-at rev-env-var sha source-image
          git       | git     | --global | computed-archive-max-files computed-archive-max-size \
          computed-deploy-branch computed-keep-git-dir global-archive-max-files \
          global-archive-max-size global-deploy-branch global-keep-git-dir
          network   | network | blog     | attach-post-create attach-post-deploy \
          bind-all-interfaces computed-attach-post-create computed-attach-post-deploy \
          computed-bind-all-interfaces computed-initial-network computed-tld \
          global-attach-post-create global-attach-post-deploy global-bind-all-interfaces \
          global-initial-network global-tld initial-network static-web-listener tld web-listeners
          proxy     | proxy   | blog     | computed-disabled computed-proxy-port \
          computed-proxy-ssl-port computed-type disabled enabled global-proxy-port \
          global-proxy-ssl-port global-type proxy-port proxy-ssl-port type
          proxy     | proxy   | --global | computed-proxy-port computed-proxy-ssl-port \
          computed-type global-proxy-port global-proxy-ssl-port global-type
          ps        | ps      | blog     | --deployed --processes can-scale \
          computed-dockerfile-start-cmd computed-procfile-path computed-restart-policy \
          computed-skip-deploy computed-start-cmd computed-stop-timeout-seconds \
          dockerfile-start-cmd global-procfile-path global-restart-policy global-skip-deploy \
          global-stop-timeout-seconds procfile-path restart-policy skip-deploy start-cmd \
          stop-timeout-seconds --restore --running
          ps        | ps      | --global | computed-procfile-path computed-restart-policy \
          computed-skip-deploy computed-stop-timeout-seconds global-procfile-path \
          global-restart-policy global-skip-deploy global-stop-timeout-seconds
          scheduler | scheduler | blog   | computed-selected computed-shell global-selected \
          global-shell selected shell
          scheduler-docker-local | scheduler-docker-local | --global | computed-init-process \
          computed-parallel-schedule-count global-init-process global-parallel-schedule-count
          """)
  void offersTheFlagsOfTheSpecification(String plugin, String type, String scope, String flags) {
    RecordedCall call = RecordedCall.of(Identity.local("tester", false), Map.of());
    List<String> words = List.of(plugin + ":report", scope, "--no-such-flag");
    installation.gate().run(call.call(), new CommandLine.Words(words));
    String valid =
        List.of(flags.split(" +")).stream()
            .map(flag -> flag.startsWith("--") ? flag : "--" + type + "-" + flag)
            .reduce((all, flag) -> all + ", " + flag)
            .orElseThrow();

    assertThat(call.err()).isEqualTo(" !     Invalid flag passed, valid flags: " + valid + "\n");
  }
}
