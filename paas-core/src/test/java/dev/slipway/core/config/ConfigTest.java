package dev.slipway.core.config;

import static dev.slipway.core.triggers.CoreTriggers.POST_CONFIG_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.RELEASE_AND_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_IS_DEPLOYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.TestRoots;
import dev.slipway.core.triggers.FakeHooks;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {
  private static final Scope BLOG = Scope.of(new AppName("blog"));

  @TempDir Path folder;
  private final RecordedCall call = RecordedCall.plain();
  private final FakeHooks hooks = new FakeHooks();
  private final List<String> fired = new ArrayList<>();
  private final List<List<String>> asked = new ArrayList<>();
  private boolean running;
  private PropertyStore properties;
  private Config config;

  @BeforeEach
  void prepare() {
    Roots roots = TestRoots.below(folder);
    DurableFiles files = new DurableFiles(roots);
    properties = new PropertyStore(roots, files);
    Handlers handlers = new Handlers();
    for (Trigger trigger : List.of(POST_CONFIG_UPDATE, RELEASE_AND_DEPLOY)) {
      handlers.on("ps", trigger, this::record);
    }
    handlers.on("scheduler", SCHEDULER_DETECT, inv -> inv.out().line("docker-local"));
    handlers.on("scheduler-docker-local", SCHEDULER_IS_DEPLOYED, this::tellWhetherDeployed);
    Triggers triggers = new Triggers(handlers, hooks, (program, streams) -> 0);
    config = new Config(new Environments(roots, files), properties, triggers);
  }

  private void tellWhetherDeployed(Invocation invocation) {
    asked.add(invocation.arguments());
    if (!running) {
      throw new UserError("not deployed");
    }
  }

  private void record(Invocation invocation) {
    fired.add(invocation.trigger() + " " + invocation.arguments());
  }

  private void deployed() {
    properties.set("common", BLOG, "deployed", "true");
  }

  private void set(String... pairs) {
    config.set(call.call(), BLOG, List.of(pairs), false, true);
  }

  private Path file(String scope) {
    return folder.resolve("lib/config").resolve(scope).resolve("ENV");
  }

  private static void refused(Runnable what, String message) {
    assertThatThrownBy(what::run).isInstanceOf(UserError.class).hasMessage(message);
  }

  @Test
  void setsVariablesAndTellsThem() {
    set("LONGKEY=two words", "A=1", "B=x=y");

    assertThat(call.out())
        .isEqualTo(
            "-----> Setting config vars\n"
                + "       A:        1\n       B:        x=y\n       LONGKEY:  two words\n");
    assertThat(file("blog")).hasContent("A=1\nB=\"x=y\"\nLONGKEY=\"two words\"\n");
    assertThat(fired).containsExactly("post-config-update [blog, set, A, B, LONGKEY]");
  }

  @Test
  void keepsWhatWasSetBeforeAndTakesTheLastOfTwo() {
    set("A=1", "B=2");
    set("B=3", "B=4", "EMPTY=");

    assertThat(file("blog")).hasContent("A=1\nB=4\nEMPTY=\"\"\n");
  }

  @Test
  void namesTheInstallationByAnEmptyTextAndRestartsNothing() {
    deployed();

    config.set(call.call(), Scope.GLOBAL, List.of("A=1"), false, true);

    assertThat(file("--global")).hasContent("A=1\n");
    assertThat(fired).containsExactly("post-config-update [, set, A]");
  }

  @Test
  void refusesBadPairsAndChangesNothing() {
    refused(() -> set(), "At least one env pair must be given");
    refused(() -> set("A=1", "B"), "Invalid env pair: B");
    refused(() -> set("A=1", "1B=2"), "Invalid key name: '1B'");
    refused(() -> set("A-B=2"), "Invalid key name: 'A-B'");
    refused(() -> set("=2"), "Invalid key name: ''");
    refused(() -> set("A\n=2"), "Invalid key name: 'A\n'");
    refused(() -> set("É=2"), "Invalid key name: 'É'");
    assertThat(file("blog")).doesNotExist();
    assertThat(fired).isEmpty();
    assertThat(call.out()).isEmpty();
  }

  @Test
  void decodesEncodedValuesByteForByte() {
    byte[] bytes = {'a', '\n', '"', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, '\r'};
    String encoded = Base64.getEncoder().encodeToString(bytes);

    config.set(call.call(), BLOG, List.of("A=" + encoded), true, false);
    RecordedCall reading = RecordedCall.plain();
    config.get(reading.call(), BLOG, "A", false);

    assertThat(dev.slipway.core.text.ExactText.encode(reading.out()))
        .isEqualTo(new byte[] {'a', '\n', '"', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, '\r', '\n'});
  }

  @Test
  void refusesBadEncodings() {
    refused(
        () -> config.set(call.call(), BLOG, List.of("A=YQ==", "B=Y*=="), true, true),
        "illegal base64 data at input byte 1 for key 'B'");
    refused(
        () -> config.set(call.call(), BLOG, List.of("A=YQBi"), true, true),
        "the value for key 'A' has a NUL byte, which no environment can hold");
    assertThat(file("blog")).doesNotExist();
  }

  @Test
  void restartsADeployedAppEvenIfNothingChanged() {
    deployed();
    set("A=1");
    set("A=1");

    assertThat(call.out()).endsWith("       A:  1\n-----> Restarting app blog\n");
    assertThat(fired)
        .containsExactly(
            "post-config-update [blog, set, A]",
            "release-and-deploy [blog, , config-redeploy]",
            "post-config-update [blog, set, A]",
            "release-and-deploy [blog, , config-redeploy]");
  }

  @Test
  void doesNotRestartWhereThatIsNotWanted() {
    deployed();
    config.set(call.call(), BLOG, List.of("A=1"), false, false);
    properties.set("ps", BLOG, "restore", "false");
    set("A=2");
    properties.unset("ps", BLOG, "restore");
    properties.set("common", BLOG, "deployed", "false");
    set("A=3");

    assertThat(fired).noneMatch(line -> line.startsWith("release-and-deploy"));
  }

  @Test
  void asksTheSchedulerWhereNobodyKnowsWhetherAnAppIsDeployed() {
    running = true;

    set("A=1");

    assertThat(asked).containsExactly(List.of("docker-local", "blog"));
    assertThat(fired).contains("release-and-deploy [blog, , config-redeploy]");
  }

  @Test
  void tellsAFailingRestartAndKeepsTheNewValues() {
    deployed();
    hooks.on("zz", RELEASE_AND_DEPLOY, "", 9);

    set("A=1");

    assertThat(call.err()).startsWith(" !     Failure while restarting app: ");
    assertThat(file("blog")).hasContent("A=1\n");
  }

  @Test
  void tellsAFailingHookAndGoesOn() {
    deployed();
    hooks.on("aa", POST_CONFIG_UPDATE, "", 1);

    set("A=1");

    assertThat(call.err()).startsWith(" !     Failure while triggering post-config-update: ");
    assertThat(fired).containsExactly("release-and-deploy [blog, , config-redeploy]");
  }

  @Test
  void saysOfWhatItUnsetsAndWhatItSkips() {
    set("A=1", "B=2");
    fired.clear();
    RecordedCall unset = RecordedCall.plain();

    config.unset(unset.call(), BLOG, List.of("NOPE", "A"), true);

    assertThat(unset.out())
        .isEqualTo("-----> Skipping NOPE, it is not set in the environment\n-----> Unsetting A\n");
    assertThat(file("blog")).hasContent("B=2\n");
    assertThat(fired).containsExactly("post-config-update [blog, unset, NOPE, A]");
  }

  @Test
  void announcesNothingWhenNothingWasUnsetButRestarts() {
    deployed();

    config.unset(call.call(), BLOG, List.of("NOPE"), true);

    assertThat(fired).containsExactly("release-and-deploy [blog, , config-redeploy]");
    assertThat(file("blog")).doesNotExist();
  }

  @Test
  void refusesToUnsetNothingOrBadKeys() {
    refused(
        () -> config.unset(call.call(), BLOG, List.of(), true), "At least one key must be given");
    refused(
        () -> config.unset(call.call(), BLOG, List.of("A", "b-c"), true),
        "Invalid key name: 'b-c'");
  }

  @Test
  void clearsAll() {
    set("A=1", "B=2");
    fired.clear();
    RecordedCall clear = RecordedCall.plain();

    config.clear(clear.call(), BLOG, true);
    config.clear(clear.call(), BLOG, true);

    assertThat(clear.out()).isEqualTo("-----> Unsetting A\n-----> Unsetting B\n");
    assertThat(file("blog")).hasContent("\n");
    assertThat(fired).containsExactly("post-config-update [blog, clear]");
  }

  @Test
  void isQuietButForTheRestart() {
    deployed();
    RecordedCall quiet = RecordedCall.quiet();

    config.set(quiet.call(), BLOG, List.of("A=1"), false, true);
    config.unset(quiet.call(), BLOG, List.of("A", "B"), true);

    assertThat(quiet.out()).isEqualTo("-----> Restarting app blog\n".repeat(2));
  }

  @Test
  void showsGetsAndListsKeys() {
    config.set(RecordedCall.plain().call(), Scope.GLOBAL, List.of("A=0", "Z=9"), false, true);
    config.set(RecordedCall.plain().call(), BLOG, List.of("A=it's", "B=2"), false, true);

    config.show(call.call(), BLOG, false);
    config.show(call.call(), BLOG, true);
    config.show(call.call(), Scope.GLOBAL, false);
    config.show(call.call(), Scope.of(new AppName("empty")), false);
    config.get(call.call(), BLOG, "A", false);
    config.get(call.call(), BLOG, "A", true);
    config.keys(call.call(), BLOG, true);
    config.export(call.call(), BLOG, false, "docker-args-keys");

    assertThat(call.out())
        .isEqualTo(
            "=====> blog env vars\nA:  it's\nB:  2\n"
                + "=====> blog env vars\nA:  it's\nB:  2\nZ:  9\n"
                + "=====> global env vars\nA:  0\nZ:  9\n"
                + "=====> empty env vars\n\n"
                + "it's\n'it'\\''s'\nA\nB\nZ\n--env=A --env=B\n");
  }

  @Test
  void endsWithoutAWordWhereAVariableIsNotSet() {
    for (String key : List.of("NOPE", "not a key", "")) {
      assertThatThrownBy(() -> config.get(call.call(), BLOG, key, false))
          .isInstanceOfSatisfying(
              UserError.class,
              e -> {
                assertThat(e.text()).isEmpty();
                assertThat(e.exitCode()).isEqualTo(1);
              });
    }
  }

  @Test
  void dropsKeysThatBreakTheRuleFromAFileAndSaysSo() throws IOException {
    Files.createDirectories(file("blog").getParent());
    Files.writeString(file("blog"), "a.b=1\nOK=2\n");

    config.keys(call.call(), BLOG, false);

    assertThat(call.out()).isEqualTo("-----> Deleting invalid key a.b from config for blog\nOK\n");
    assertThat(file("blog")).hasContent("OK=2\n");
  }

  @Test
  void changesNothingInAFileThatIsNoEnvironment() throws IOException {
    Files.createDirectories(file("blog").getParent());
    Files.writeString(file("blog"), "what is this\n");

    assertThatThrownBy(() -> set("A=1")).isInstanceOf(UserError.class);

    assertThat(file("blog")).hasContent("what is this\n");
  }
}
