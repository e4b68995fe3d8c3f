package dev.slipway.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.model.AppName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Spec: 01 section 1.13. */
final class CommandRunnerTest {
  private final GateFixture fixture = new GateFixture();
  private RecordedCall call = RecordedCall.plain();

  /** Prints what it was given. */
  @Command(name = "echo", description = "Echo")
  static final class Echo implements Runnable {
    private final Call call;

    @Option(names = "--merged", description = "merge")
    private boolean merged;

    @Option(names = "--format", description = "the form")
    private String format = "none";

    @Option(
        names = {"-n", "--num"},
        description = "how many")
    private int number;

    @Parameters(arity = "0..*")
    private List<String> words = new ArrayList<>();

    Echo(Call call) {
      this.call = call;
    }

    @Override
    public void run() {
      call.out().line(merged + " " + format + " " + number + " " + words);
    }
  }

  /** Takes one app. */
  @Command(name = "one", description = "One")
  static final class OneApp implements Runnable {
    private final Call call;

    @Parameters(index = "0", arity = "0..1", defaultValue = "")
    private AppName app = new AppName("none");

    OneApp(Call call) {
      this.call = call;
    }

    @Override
    public void run() {
      call.out().line(app.value());
    }
  }

  @BeforeEach
  void prepare() {
    fixture
        .catalogue
        .family("demo", Layout.COMPILED, "Demonstrate")
        .add("demo", Syntax.COMPILED_FLAGS_FIRST, "demo, Bare", Echo::new)
        .add("demo:a", Syntax.COMPILED, "demo:a [--merged], Compiled", Echo::new)
        .add("demo:b", Syntax.SHELL, "demo:b <app>, Shell", Echo::new)
        .add("demo:app", Syntax.COMPILED, "demo:app <app>, One app", OneApp::new)
        .add("demo:sh", Syntax.SHELL, "demo:sh <app>, One app", OneApp::new);
  }

  private void prints(String out, String... words) {
    call = RecordedCall.plain();
    int status = fixture.words(call, words);
    assertThat(call.err()).as(String.join(" ", words)).isEmpty();
    assertThat(call.out()).as(String.join(" ", words)).isEqualTo(out + "\n");
    assertThat(status).isZero();
  }

  private void refuses(int status, String lastLine, String... words) {
    call = RecordedCall.plain();
    assertThat(fixture.words(call, words)).as(String.join(" ", words)).isEqualTo(status);
    assertThat(call.err()).endsWith(lastLine + "\n");
  }

  private static final String USAGE =
      "Usage of demo:a:\n"
          + "      --merged   merge\n"
          + "      --format string   the form\n"
          + "      --num string   how many\n";

  @Test
  void takesFlagsAnywhereInCompiledCommands() {
    prints("true json 5 [x, y]", "demo:a", "x", "--merged", "y", "--format", "json", "-n", "5");
    prints("true json 5 [x]", "demo:a", "--format=json", "--num=5", "--merged=true", "x");
    prints("true none 0 []", "demo:a", "--merged=1");
    prints("false none 0 []", "demo:a", "--merged=f");
    prints("false none 0 []", "demo:a", "--merged", "--merged=false");
    prints("false --merged 0 [x]", "demo:a", "--format", "--merged", "x");
    prints("false a=b 0 []", "demo:a", "--format=a=b");
    prints("false none -1 []", "demo:a", "--num", "-1");
  }

  @Test
  void endsFlagsAtTwoDashes() {
    prints(
        "true none 0 [x, --merged, --bogus, -h]",
        "demo:a",
        "--merged",
        "x",
        "--",
        "--merged",
        "--bogus",
        "-h");
    prints("false none 0 [--merged=no]", "demo:a", "--", "--merged=no");
    prints("blog", "demo:app", "--", "blog", "--bogus");
  }

  @Test
  void ignoresFurtherWords() {
    prints("blog", "demo:app", "blog", "more", "words");
  }

  @Test
  void refusesUnknownFlags() {
    refuses(2, USAGE + "unknown flag: --bogus", "demo:a", "x", "--bogus=1");
    refuses(2, USAGE + "unknown flag: --quiet", "demo:a", "--quiet");
    refuses(2, USAGE + "unknown shorthand flag: 'x' in -xyz", "demo:a", "-xyz");
    refuses(2, "unknown flag: --merge", "demo:a", "--merge");
  }

  @Test
  void refusesMissingAndBadValues() {
    refuses(2, USAGE + "flag needs an argument: --format", "demo:a", "--format");
    refuses(
        2,
        "invalid argument \"z\" for \"--merged\" flag: strconv.ParseBool: parsing \"z\": invalid"
            + " syntax",
        "demo:a",
        "--merged=z");
    refuses(
        2,
        "invalid argument \"many\" for \"-n, --num\" flag: strconv.ParseInt: parsing \"many\":"
            + " invalid syntax",
        "demo:a",
        "-n",
        "many");
  }

  @Test
  void answersHelpOnStandardError() {
    for (String flag : List.of("--help", "-h")) {
      call = RecordedCall.plain();
      assertThat(fixture.words(call, "demo:a", "x", flag)).isZero();
      assertThat(call.err()).isEqualTo(USAGE);
      assertThat(call.out()).isEmpty();
    }
  }

  @Test
  void takesFlagsOnlyInFrontInBareCommands() {
    prints("true none 0 [blog]", "demo", "--merged", "blog");
    prints("true none 0 [blog]", "demo", "-merged", "blog");
    prints("false none 0 [blog, --merged, --bogus]", "demo", "blog", "--merged", "--bogus");
    prints("false json 0 [x]", "demo", "--format", "json", "x");
  }

  @Test
  void showsTheHelpOfThePluginForAFlagThatABareCommandDoesNotHave() {
    refuses(2, "flag provided but not defined: -bogus", "demo", "--bogus", "blog");
    assertThat(call.out()).startsWith("Usage: dokku demo[:COMMAND]\n\nDemonstrate\n");
    refuses(2, "flag provided but not defined: -bogus", "demo", "-bogus");
  }

  @Test
  void takesWordsByPositionInShellCommands() {
    prints(
        "false none 0 [x, --bogus, -y, --, --help]",
        "demo:b",
        "x",
        "--bogus",
        "-y",
        "--",
        "--help");
    prints("true none 0 [x]", "demo:b", "x", "--merged");
  }

  @Test
  void refusesAppsInTheWordsOfTheFamily() {
    prints("blog", "demo:app", "blog");
    prints("blog", "demo:sh", "blog");
    refuses(20, " !     App nope does not exist", "demo:app", "nope");
    refuses(1, " !     Please specify an app to run the command on", "demo:app");
    refuses(
        1,
        " !     App name must begin with lowercase alphanumeric character, and may only contain"
            + " lowercase alphanumerics, dots, and hyphens",
        "demo:app",
        "No");
    refuses(20, " !     App nope does not exist", "demo:sh", "nope");
    refuses(20, " !     App  does not exist", "demo:sh");
    refuses(20, " !     App No does not exist", "demo:sh", "No");
  }

  @Test
  void readsNoArgumentFiles() {
    prints("false none 0 [@/etc/passwd]", "demo:a", "@/etc/passwd");
    prints("false @/etc/passwd 0 []", "demo:a", "--format", "@/etc/passwd");
    prints("false none 0 [@/etc/passwd]", "demo:b", "@/etc/passwd");
    prints("false none 0 [@/etc/passwd]", "demo", "@/etc/passwd");
  }

  @Test
  void expandsNoVariablesAndStripsNoQuotes() {
    prints("false none 0 [${sys:user.home}, \"x\"]", "demo:a", "${sys:user.home}", "\"x\"");
  }
}
