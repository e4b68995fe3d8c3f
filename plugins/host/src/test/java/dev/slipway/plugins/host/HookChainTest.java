package dev.slipway.plugins.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.process.SharedInput;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.TriggerFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HookChainTest {
  private static final Trigger POST_DEPLOY = new Trigger("post-deploy");

  @TempDir private Path folder;
  private Sandbox box;

  @BeforeEach
  void install() {
    box = new Sandbox(folder);
  }

  @Test
  void runsJavaHandlersAndExecutablesInByteOrderOfThePluginName() {
    box.script("postgres", "post-deploy", "echo postgres");
    box.script("Zebra", "post-deploy", "echo Zebra");
    box.script("letsencrypt", "post-deploy", "echo letsencrypt");
    for (String core : new String[] {"ports", "proxy", "logs", "00_dokku-standard"}) {
      box.handlers.on(core, POST_DEPLOY, each -> each.out().line(core));
    }

    box.triggers.fire(box.call(), POST_DEPLOY);

    assertThat(box.out().lines())
        .containsExactly(
            "00_dokku-standard", "Zebra", "letsencrypt", "logs", "ports", "postgres", "proxy");
  }

  @Test
  void passesArgumentsUnchanged() {
    box.script("args", "post-deploy", "printf '[%s]' \"$#\" \"$@\"");

    box.triggers.fire(box.call(), POST_DEPLOY, "", "a b", "x\ny", "$(id) `id` *", "--force", "");

    assertThat(box.out()).isEqualTo("[6][][a b][x\ny][$(id) `id` *][--force][]");
  }

  @Test
  void namesTheFileBelowEnabledAsDollarZero() {
    box.script("zero", "post-deploy", "printf %s \"$0\"");

    box.triggers.fire(box.call(), POST_DEPLOY);

    assertThat(box.out()).isEqualTo(box.roots.plugins() + "/enabled/zero/post-deploy");
  }

  @Test
  void runsATextWithoutAnInterpreterLineByBash() {
    Sandbox.write(
        box.plugin("plain").resolve("post-deploy"), "[[ x == x ]] && echo \"$0 $1\"", "rwxr-xr-x");

    box.triggers.fire(box.call(), POST_DEPLOY, "app");

    assertThat(box.out()).isEqualTo(box.roots.plugins() + "/enabled/plain/post-deploy app\n");
  }

  @Test
  void givesTheExactEnvironmentAndDirectoryOfTheCall() {
    box.script("env", "post-deploy", "printf '%s|%s' \"$MULTI\" \"$PWD\"");

    box.triggers.fire(
        box.call("", Map.of("MULTI", "a\n\n b=\"c\" \u00e4\n", "DOKKU_PID", "7")), POST_DEPLOY);

    assertThat(box.out()).isEqualTo("a\n\n b=\"c\" \u00e4\n|" + box.roots.dokkuRoot());
  }

  @Test
  void givesAllInputToTheFirstThatReadsIt() {
    box.script("a-reader", "docker-args-deploy", "echo \"a:$(cat)\"");
    box.script("b-reader", "docker-args-deploy", "echo \"b:$(cat)\"");

    box.triggers.fire(box.call("input", Map.of()), new Trigger("docker-args-deploy"));

    assertThat(box.out()).isEqualTo("a:input\nb:\n");
  }

  @Test
  void leavesPipedInputToALaterHookWhenTheFirstDoesNotRead() throws IOException {
    box.script("a", "post-deploy", "echo a");
    box.script("b", "post-deploy", "echo \"b:$(head -c 3)\"");
    box.script("c", "post-deploy", "echo \"c:$(cat)\"");
    InputStream typed = new ByteArrayInputStream("for those who read".getBytes(UTF_8));

    try (SharedInput input = new SharedInput(typed, box.roots.run().resolve("inputs"))) {
      box.triggers.fire(
          box.call().piped(input, box.out, box.err, box.programs), POST_DEPLOY, "app");
    }

    assertThat(box.out()).isEqualTo("a\nb:for\nc: those who read\n");
  }

  @Test
  void stopsAtTheFirstFailureAndTellsItsStatus() {
    box.script("a", "post-deploy", "echo a");
    box.script("b", "post-deploy", "echo no >&2; exit 42");
    box.script("c", "post-deploy", "echo c");
    box.handlers.on("ports", POST_DEPLOY, each -> each.out().line("ports"));

    assertThatThrownBy(() -> box.triggers.fire(box.call(), POST_DEPLOY))
        .isInstanceOfSatisfying(
            TriggerFailed.class, failed -> assertThat(failed.status()).isEqualTo(42));

    assertThat(box.out()).isEqualTo("a\n");
    assertThat(box.err()).isEqualTo("no\n");
  }

  @Test
  void capturesTheAnswerOfAQuestionAndShowsStandardError() {
    box.script("a", "docker-args-run", "cat; echo -n ' --one'; echo seen >&2");
    box.script("b", "docker-args-run", "cat; printf ' --two\n\n'");

    String answer =
        box.triggers.ask(box.call("not for it", Map.of()), new Trigger("docker-args-run"), "app");

    assertThat(answer).isEqualTo(" --one --two");
    assertThat(box.out()).isEmpty();
    assertThat(box.err()).isEqualTo("seen\n");
  }

  @Test
  void namesAFileWithoutExecuteBitAndGoesOn() {
    Sandbox.write(box.plugin("a").resolve("post-deploy"), "#!/bin/sh\necho a\n", "rw-r--r--");
    box.script("b", "post-deploy", "echo b");

    assertThat(box.triggers.isHooked(box.call(), POST_DEPLOY)).isTrue();
    assertThat(box.err()).isEmpty();
    box.triggers.fire(box.call(), POST_DEPLOY);

    assertThat(box.out()).isEqualTo("b\n");
    assertThat(box.err())
        .isEqualTo("Trigger 'post-deploy' is not executable, skipping plugin (a)\n");
  }

  @Test
  void acceptsAnyTriggerNameAndDoesNothingWithoutHooks() {
    box.triggers.fire(box.call(), new Trigger("service-action"), "post-create", "db");

    assertThat(box.out() + box.err()).isEmpty();
    assertThat(box.triggers.isHooked(box.call(), new Trigger("user-auth"))).isFalse();
  }

  @Test
  void noticesPluginsThatComeAndGo() throws IOException {
    Call call = box.call();
    box.triggers.fire(call, POST_DEPLOY);
    box.script("late", "post-deploy", "echo late");
    box.triggers.fire(call, POST_DEPLOY);
    assertThat(box.out()).isEqualTo("late\n");

    Files.delete(box.roots.plugins().resolve("enabled/late"));
    box.triggers.fire(call, POST_DEPLOY);

    assertThat(box.out()).isEqualTo("late\n");
  }

  @Test
  void leavesCorePluginsToJava() {
    Sandbox.write(
        box.roots.corePlugins().resolve("available/ports/post-deploy"),
        "#!/bin/sh\necho old\n",
        "rwxr-xr-x");

    box.triggers.fire(box.call(), POST_DEPLOY);

    assertThat(box.out()).isEmpty();
    assertThat(box.triggers.isHooked(box.call(), POST_DEPLOY)).isFalse();
  }

  @Test
  void leavesThirdPartyPluginsOutWhenThePathIsThatOfCore() {
    box.script("a", "install", "echo a");
    box.handlers.on("ports", new Trigger("install"), each -> each.out().line("ports"));

    box.triggers.fire(
        box.call().with("PLUGIN_PATH", box.roots.corePlugins().toString()), new Trigger("install"));

    assertThat(box.out()).isEqualTo("ports\n");
  }

  @Test
  void setsTheVariablesOfPluginTomlForTheRestOfTheChain() {
    box.script("a", "post-deploy", "echo \"a=$CONFIG_SOME_KEY,${CONFIG_OTHER-unset}\"");
    Sandbox.write(
        box.plugin("a").resolve("plugin.toml"),
        "[plugin]\nsponsors = [\"x\"]\n[plugin.config]\nsome-key = \"never a default\"\n",
        "rw-r--r--");
    box.script(
        "b", "post-deploy", "echo \"b=$CONFIG_SOME_KEY,$CONFIG_OTHER,${CONFIG_EMPTY-unset}\"");
    Sandbox.write(
        box.plugin("b").resolve("plugin.toml"),
        "[plugin]\n[plugin.config]\nother = \"\"\nempty = \"x\"\n",
        "rw-r--r--");
    Sandbox.write(
        box.roots.plugins().resolve("config.toml"),
        "[a]\nsome-key = \"from file\"\n[b]\nother = \"filed\"\n",
        "rw-r--r--");

    box.triggers.fire(box.call("", Map.of("B_OTHER", "from caller")), POST_DEPLOY);

    assertThat(box.out()).isEqualTo("a=from file,unset\nb=from file,from caller,\n");
  }

  @Test
  void toleratesAMissingTableAndABrokenFile() {
    box.script("a", "post-deploy", "echo a");
    Sandbox.write(box.plugin("a").resolve("plugin.toml"), "[plugin\nnot toml", "rw-r--r--");
    box.script("b", "post-deploy", "echo b");
    Sandbox.write(box.plugin("b").resolve("plugin.toml"), "[plugin]\n", "rw-r--r--");

    box.triggers.fire(box.call(), POST_DEPLOY);

    assertThat(box.out()).isEqualTo("a\nb\n");
    assertThat(box.err()).isEmpty();
  }

  @Test
  @Timeout(60)
  void letsMegabytesThroughOnBothStreams() {
    box.script(
        "flood",
        "post-deploy",
        "head -c 10485760 /dev/zero >&2 & head -c 10485760 /dev/zero; wait");

    box.triggers.fire(box.call(), POST_DEPLOY);

    assertThat(box.out.size()).isEqualTo(10485760);
    assertThat(box.err.size()).isEqualTo(10485760);
  }
}
