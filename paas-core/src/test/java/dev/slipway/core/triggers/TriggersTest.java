package dev.slipway.core.triggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TriggersTest {
  private static final Trigger DEPLOYED = new Trigger("post-deploy");

  private final Handlers handlers = new Handlers();
  private final FakeHooks hooks = new FakeHooks();
  private final Triggers triggers = new Triggers(handlers, hooks, (program, streams) -> 0);
  private final RecordedCall caller = RecordedCall.plain();
  private final List<String> order = new ArrayList<>();

  private void on(String plugin) {
    handlers.on(plugin, DEPLOYED, invocation -> order.add(plugin));
  }

  @Test
  void runsHandlersAndExecutablesAsOneChainInByteOrderOfThePlugin() {
    for (String plugin : List.of("ps", "20_events", "logs", "Zoo", "haproxy-vhosts")) {
      handlers.on(plugin, DEPLOYED, invocation -> invocation.out().line(plugin));
    }
    hooks.on("http-auth", DEPLOYED, "http-auth\n", 0).on("redirect", DEPLOYED, "redirect\n", 0);

    triggers.fire(caller.call(), DEPLOYED, "blog");

    assertThat(caller.out())
        .isEqualTo("20_events\nZoo\nhaproxy-vhosts\nhttp-auth\nlogs\nps\nredirect\n");
  }

  @Test
  void runsHandlersOfOnePluginInTheOrderOfRegistration() {
    handlers
        .on("git", DEPLOYED, invocation -> order.add("first"))
        .on("git", DEPLOYED, invocation -> order.add("second"));

    triggers.fire(caller.call(), DEPLOYED);

    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void passesArgumentsAsTheyAreEmptyOnesToo() {
    hooks.on("nagios", DEPLOYED, "", 0);
    handlers.on("ps", DEPLOYED, invocation -> order.addAll(invocation.arguments()));

    triggers.fire(caller.call(), DEPLOYED, "blog", "", 5, "two words");

    assertThat(order).containsExactly("blog", "", "5", "two words");
    assertThat(hooks.ran()).containsExactly("nagios/post-deploy blog  5 two words");
  }

  @Test
  void endsTheChainAtTheFirstExecutableThatFails() {
    on("apps");
    on("ps");
    hooks.on("letsencrypt", DEPLOYED, "", 7);

    assertThatThrownBy(() -> triggers.fire(caller.call(), DEPLOYED))
        .isInstanceOfSatisfying(
            TriggerFailed.class, failure -> assertThat(failure.status()).isEqualTo(7));
    assertThat(order).containsExactly("apps");
  }

  @Test
  void endsTheChainAtTheFirstHandlerThatFails() {
    handlers.on(
        "apps",
        DEPLOYED,
        invocation -> {
          throw new ToolFailure("no engine");
        });
    on("ps");

    assertThatThrownBy(() -> triggers.fire(caller.call(), DEPLOYED)).hasMessage("no engine");
    assertThat(order).isEmpty();
  }

  @Test
  void answersWithEverythingTheChainPrintedButTheLineEndsAtItsEnd() {
    handlers.on("git", DEPLOYED, invocation -> invocation.out().line(" one "));
    hooks.on("zed", DEPLOYED, "two\r\n\n", 0);

    assertThat(triggers.ask(caller.call(), DEPLOYED)).isEqualTo(" one \ntwo");
    assertThat(caller.out()).isEmpty();
  }

  @Test
  void showsWhatAnAskedChainWritesToStandardError() {
    handlers.on("git", DEPLOYED, invocation -> invocation.out().warn("careful"));

    triggers.ask(caller.call(), DEPLOYED);

    assertThat(caller.err()).isEqualTo(" !     careful\n");
  }

  @Test
  void givesAnAskedChainNothingToRead() {
    RecordedCall talkative = RecordedCall.reading("secret");
    handlers.on("git", DEPLOYED, invocation -> order.add(firstByte(invocation)));

    triggers.ask(talkative.call(), DEPLOYED);
    triggers.fire(talkative.call(), DEPLOYED);

    assertThat(order).containsExactly("-1", "115");
  }

  private static String firstByte(Invocation invocation) {
    try {
      return Integer.toString(invocation.call().streams().in().read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsWhatWasAnsweredBeforeAFailureWhereTheStatusIsIgnored() {
    hooks.on("acl", DEPLOYED, "blog\n", 0).on("broken", DEPLOYED, "shop\n", 1);
    hooks.on("later", DEPLOYED, "never\n", 0);

    assertThat(triggers.answer(caller.call(), DEPLOYED)).isEqualTo("blog\nshop\n");
  }

  @Test
  void takesARefusalForNoAndAnythingElseForTrouble() {
    assertThat(triggers.holds(caller.call(), DEPLOYED)).isTrue();

    hooks.on("gate", DEPLOYED, "", 1);
    assertThat(triggers.holds(caller.call(), DEPLOYED)).isFalse();

    Trigger asked = new Trigger("is-it-so");
    handlers.on(
        "git",
        asked,
        invocation -> {
          throw new UserError("no");
        });
    assertThat(triggers.holds(caller.call(), asked)).isFalse();

    Trigger broken = new Trigger("is-it-broken");
    handlers.on(
        "git",
        broken,
        invocation -> {
          throw new ToolFailure("engine away");
        });
    assertThatThrownBy(() -> triggers.holds(caller.call(), broken)).isInstanceOf(ToolFailure.class);
  }

  @Test
  void isHookedOnlyByThirdParties() {
    on("apps");
    assertThat(triggers.isHooked(caller.call(), DEPLOYED)).isFalse();

    hooks.on("nagios", DEPLOYED, "", 0);
    assertThat(triggers.isHooked(caller.call(), DEPLOYED)).isTrue();
  }

  @Test
  void refusesNamesThatLeaveThePluginsFolder() {
    for (String name : List.of("", ".", "..", ".hidden", "../install", "a/b", "a\0b")) {
      assertThatThrownBy(() -> new Trigger(name)).isInstanceOf(UserError.class);
    }
  }

  @Test
  void readsMissingArgumentsAsEmpty() {
    Invocation invocation = new Invocation(caller.call(), DEPLOYED, List.of("blog"));

    assertThat(invocation.argument(1)).isEmpty();
    assertThat(invocation.from(1)).isEmpty();
    assertThat(invocation.app(0)).hasToString("blog");
    assertThatThrownBy(() -> invocation.app(1)).isInstanceOf(UserError.class);
  }
}
