package dev.slipway.cli.gate;

import static dev.slipway.core.triggers.CoreTriggers.POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.USER_AUTH;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

final class CommandGateTest {
  private final GateFixture fixture = new GateFixture();
  private final RecordedCall call = RecordedCall.plain();
  private final Logger auditLog = (Logger) LoggerFactory.getLogger("audit");
  private final ListAppender<ILoggingEvent> audited = new ListAppender<>();

  /** Does what the test wants. */
  @Command(name = "does", description = "Does something")
  static final class Does implements Callable<Integer> {
    private final Function<List<String>, Integer> what;

    @Parameters(arity = "0..*")
    private List<String> words = new ArrayList<>();

    Does(Function<List<String>, Integer> what) {
      this.what = what;
    }

    @Override
    public Integer call() {
      return what.apply(words);
    }
  }

  private static Does prints(Call call) {
    return new Does(
        words -> {
          call.out().line(String.join("|", words));
          return 0;
        });
  }

  private static Does fails(RuntimeException failure) {
    return new Does(
        words -> {
          throw failure;
        });
  }

  private static Does lacksAClass(Call call) {
    return new Does(
        words -> {
          throw new NoClassDefFoundError(call.pid());
        });
  }

  private Does fires(Call call) {
    return new Does(
        words -> {
          fixture.triggers.fire(call, POST_DEPLOY);
          return 0;
        });
  }

  @BeforeEach
  void prepare() {
    audited.start();
    auditLog.addAppender(audited);
    fixture
        .catalogue
        .family("demo", Layout.COMPILED, "Demonstrate")
        .add("demo:a", Syntax.COMPILED, "demo:a, A", CommandGateTest::prints)
        .add("demo:fire", Syntax.COMPILED, "demo:fire, Fire", this::fires)
        .add("demo:report", Syntax.SHELL, "demo:report, Report", this::fires)
        .add("demo:code", Syntax.COMPILED, "demo:code, Code", c -> new Does(words -> 42))
        .add(
            "demo:bug", Syntax.COMPILED, "demo:bug, Bug", c -> fails(new NullPointerException("x")))
        .add("demo:link", Syntax.COMPILED, "demo:link, Link", CommandGateTest::lacksAClass)
        .add("demo:tool", Syntax.COMPILED, "demo:tool, Tool", c -> fails(new ToolFailure("a\nb")))
        .add(
            "demo:user",
            Syntax.COMPILED,
            "demo:user, User",
            c -> fails(new UserError("no\nway", 7)));
    fixture
        .catalogue
        .family("builder-dockerfile", Layout.SHELL, "Shell")
        .add("builder-dockerfile:sh", Syntax.SHELL, "x, X", this::fires)
        .attended("builder-dockerfile:sh");
    fixture
        .catalogue
        .family("plugin", Layout.SHELL, "Plugins")
        .add("plugin:enable", Syntax.SHELL, "x, X", CommandGateTest::prints)
        .add("plugin:list", Syntax.SHELL, "x, X", CommandGateTest::prints);
    fixture
        .catalogue
        .family("", Layout.SHELL, "")
        .add("help", Syntax.SHELL, "help , Print the list of commands", CommandGateTest::helped)
        .add("version", Syntax.SHELL, "version , Print dokku's version", CommandGateTest::prints);
  }

  private static Does helped(Call call) {
    return new Does(
        words -> {
          call.out().line("HELP");
          return 0;
        });
  }

  @AfterEach
  void detach() {
    auditLog.detachAppender(audited);
  }

  @Test
  void refusesUnknownCommandsInTheWordsOfTheReference() {
    assertThat(fixture.words(call, "--quiet", "foo", "bar  baz")).isEqualTo(1);

    assertThat(call.out()).isEmpty();
    assertThat(call.err())
        .isEqualTo(
            " !     `foo bar  baz` is not a dokku command.\n"
                + " !     See `dokku help` for a list of available commands.\n");
  }

  @Test
  void answersNoCommandWithHelp() {
    for (String line : List.of("", "   ", "--quiet", "--help", "''")) {
      RecordedCall each = RecordedCall.plain();
      assertThat(fixture.typed(each, line)).isZero();
      assertThat(each.out()).as(line).isEqualTo("HELP\n");
    }
  }

  @Test
  void translatesAliasesOfThePlugin() {
    fixture.hooks.on("x", POST_DEPLOY, "", 0);

    assertThat(fixture.words(call, "dockerfile:sh")).isZero();
    assertThat(fixture.hooks.ran()).hasSize(1);

    fixture.words(call, "pack:report", "x");
    fixture.words(call, "rails", "x");
    fixture.words(call, "railpack", "x");
    assertThat(fixture.plugins)
        .containsExactly("builder-pack:report x", "builder-railpack x", "railpack x");
  }

  @Test
  void putsTheAppInFrontOfWhatACoreCommandIsGiven() {
    fixture.typed(call, "--app blog demo:a K=V");
    fixture.typed(call, "--app node demo:a node server.js");
    fixture.typed(call, "demo:a blog K=V");

    assertThat(call.out()).isEqualTo("blog|K=V\nnode|node|server.js\nblog|K=V\n");
  }

  @Test
  void putsTheAppOfAnOuterCallInFrontOnlyWhereItIsMissing() {
    RecordedCall nested = RecordedCall.with(Map.of("DOKKU_APP_NAME", "blog"));

    fixture.typed(nested, "demo:a K=V");
    fixture.typed(nested, "demo:a blog K=V");

    assertThat(nested.out()).isEqualTo("blog|K=V\nblog|K=V\n");
  }

  @Test
  void leavesTheWordsOfPluginsAlone() {
    fixture.pluginStatus = OptionalInt.of(9);

    assertThat(fixture.typed(call, "--app blog redis:info 'a b'")).isEqualTo(9);
    assertThat(fixture.plugins).containsExactly("redis:info a b");
  }

  @Test
  void letsOnlyRootRunRootCommands() {
    for (String word : List.of("plugin:enable", "plugin:trigger", "ssh-keys:add")) {
      RecordedCall each = RecordedCall.plain();
      assertThat(fixture.words(each, word, "x")).isEqualTo(1);
      assertThat(each.err()).isEqualTo(" !     This command must be run as root\n");
    }
    RecordedCall overSsh = RecordedCall.of(Identity.key("root", "admin", "SHA256:x"), Map.of());
    assertThat(fixture.words(overSsh, "plugin:enable", "x")).isEqualTo(1);

    RecordedCall root = RecordedCall.of(Identity.local("root", true), Map.of());
    assertThat(fixture.words(root, "plugin:enable", "x")).isZero();
    assertThat(fixture.words(call, "plugin:list")).isZero();
    assertThat(fixture.words(call, "plugin:help")).isZero();
  }

  @Test
  void asksUserAuthBeforeEveryCommand() {
    fixture.hooks.on("acl", USER_AUTH, "", 3);
    RecordedCall key = RecordedCall.of(Identity.key("dokku", "ann", "SHA256:x"), Map.of());

    assertThat(fixture.typed(key, "--app blog demo:a K=V")).isEqualTo(1);
    assertThat(fixture.typed(key, "")).isEqualTo(1);

    assertThat(key.out()).isEmpty();
    assertThat(key.err()).isEqualTo(" !     Access denied\n".repeat(2));
    assertThat(fixture.hooks.ran())
        .containsExactly("acl/user-auth dokku ann demo:a K=V", "acl/user-auth dokku ann help");
  }

  @Test
  void tellsHooksWhoCallsWhateverTheEnvironmentSays() {
    List<String> seen = new ArrayList<>();
    fixture.handlers.on(
        "x", POST_DEPLOY, inv -> seen.add(inv.call().variable("SSH_NAME").orElse("none")));
    Map<String, String> forged =
        Map.of("SSH_USER", "root", "SSH_NAME", "admin", "NAME", "admin", "FINGERPRINT", "f");

    fixture.typed(RecordedCall.of(Identity.key("dokku", "ann", "SHA256:x"), forged), "demo:fire");

    assertThat(seen).containsExactly("ann");
  }

  @Test
  void endsWithOneWhenATriggerOfACompiledCommandFails() {
    fixture.hooks.on("x", POST_DEPLOY, "", 5);

    assertThat(fixture.words(call, "demo:fire")).isEqualTo(1);
    assertThat(fixture.words(call, "demo:report")).isEqualTo(1);
    assertThat(call.err()).isEmpty();
  }

  @Test
  void endsWithTheStatusOfTheHookInShellCommands() {
    fixture.hooks.on("x", POST_DEPLOY, "", 5);

    assertThat(fixture.words(call, "builder-dockerfile:sh")).isEqualTo(5);
  }

  @Test
  void passesExitCodesOn() {
    assertThat(fixture.words(call, "demo:code")).isEqualTo(42);
  }

  @Test
  void showsErrorsByWhoHasToAct() {
    assertThat(fixture.words(call, "demo:user")).isEqualTo(7);
    assertThat(fixture.words(call, "demo:tool")).isEqualTo(1);
    assertThat(call.err()).isEqualTo(" !     no\n !     way\n !     a\n !     b\n");
  }

  @Test
  void answersWhateverGoesWrong() {
    assertThat(fixture.words(call, "demo:bug")).isEqualTo(1);
    assertThat(fixture.words(call, "demo:link")).isEqualTo(1);

    assertThat(call.err().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    " !     internal error [0-9a-f]{8}: the server's log has the details"));
  }

  @Test
  void refusesHalfACommand() {
    assertThat(fixture.typed(call, "demo:a 'x")).isEqualTo(1);

    assertThat(call.out()).isEmpty();
    assertThat(call.err()).startsWith(" !     ");
    assertThat(lines()).singleElement().asString().contains("command=\"demo:a\" status=1");
  }

  private List<String> lines() {
    return audited.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void auditsEachCommandByOneLineWithoutSecrets() {
    RecordedCall key = RecordedCall.of(Identity.key("dokku", "ann", "SHA256:x"), Map.of());
    fixture.typed(key, "demo:a blog PASSWORD=hunter2");
    fixture.typed(key, "--app blog demo:a PASSWORD=hunter2");
    fixture.typed(key, "demo:a PASSWORD=hunter2");
    fixture.typed(key, "nonsense");

    assertThat(lines())
        .allMatch(line -> line.startsWith("user=\"dokku\" key=\"ann\" fingerprint=\"SHA256:x\" "))
        .noneMatch(line -> line.contains("hunter2"));
    assertThat(lines())
        .extracting(line -> line.replaceAll(".*(command=.*) ms=\\d+", "$1"))
        .containsExactly(
            "command=\"demo:a blog\" status=0",
            "command=\"demo:a blog\" status=0",
            "command=\"demo:a PASSWORD=...\" status=0",
            "command=\"nonsense\" status=1");
  }

  /** A38. */
  @Test
  void forgesNoAuditLine() {
    String evil = "x\n\r\u001b[2J\u0007\" status=0 \\ \u2028\u202e\u0085";
    RecordedCall key = RecordedCall.of(Identity.key("dokku", evil, evil), Map.of());

    fixture.words(key, "demo:a", evil);
    fixture.words(key, evil);

    assertThat(lines()).hasSize(2);
    assertThat(lines()).allSatisfy(CommandGateTest::isOneCleanLine);
  }

  private static void isOneCleanLine(String line) {
    assertThat(line.codePoints().filter(c -> c < ' ' || c > '~')).isEmpty();
    assertThat(line)
        .matches(
            "user=\"dokku\" key=\"[^\"]*\" fingerprint=\"[^\"]*\" command=\"[^\"]*\" status=\\d+ ms=\\d+");
  }

  @Test
  void forgetsTheOriginalCommandOfSsh() {
    List<Boolean> seen = new ArrayList<>();
    fixture.handlers.on(
        "x", POST_DEPLOY, inv -> seen.add(inv.call().variable("SSH_ORIGINAL_COMMAND").isPresent()));

    fixture
        .gate()
        .run(
            RecordedCall.with(Map.of("SSH_ORIGINAL_COMMAND", "demo:fire")).call(),
            new CommandLine.Typed("demo:fire"));

    assertThat(seen).containsExactly(false);
  }

  @Test
  void answersHelpOfCommandsThatBelongToNoPlugin() {
    assertThat(fixture.words(call, "version:help")).isZero();
    assertThat(call.out()).isEqualTo("    version    Print dokku's version\n");
    assertThat(fixture.words(call, "help:help")).isEqualTo(1);
  }
}
