package dev.slipway.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of spec 01 section 5, row by row. */
final class ReportsTest {
  private static final Report REPORT = Report.of("app", true, ReportsTest::flags);

  private final Reports reports = new Reports(new FixedApps("blog", "shop"));
  private final RecordedCall call = RecordedCall.plain();

  private static List<ReportedFlag> flags(Scope scope) {
    ReportedFlag global = ReportedFlag.of("app-global-disable-autocreation", (call, s) -> "a<b>&c");
    Optional<AppName> app = scope.app();
    return app.isEmpty()
        ? List.of(global)
        : List.of(
            new ReportedFlag("app-secret", (call, s) -> "s3cret", true),
            new ReportedFlag("app-unset.secret", (call, s) -> "", true),
            global,
            ReportedFlag.of("app-dir", (call, s) -> "/home/dokku/" + s.directory()),
            ReportedFlag.of("running", (call, s) -> "true"));
  }

  private String run(String... words) {
    reports.run(call.call(), REPORT, List.of(words));
    return call.out();
  }

  private void refused(String message, int exitCode, String... words) {
    assertThatThrownBy(() -> run(words))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.text()).isEqualTo(message);
              assertThat(e.exitCode()).isEqualTo(exitCode);
            });
    assertThat(call.out()).isEmpty();
  }

  private static final String BLOG =
      "=====> blog app information\n"
          + "       App dir:                         /home/dokku/blog\n"
          + "       App global disable autocreation: a<b>&c\n"
          + "       App secret:                      *******\n"
          + "       App unset secret:                \n"
          + "       Running:                         true\n";

  @Test
  void printsOneApp() {
    assertThat(run("blog")).isEqualTo(BLOG);
  }

  @Test
  void printsEveryAppWithoutAName() {
    assertThat(run()).isEqualTo(BLOG + BLOG.replace("blog", "shop"));
  }

  @Test
  void saysThatThereAreNoApps() {
    new Reports(new FixedApps()).run(call.call(), REPORT, List.of());

    assertThat(call.out()).isEmpty();
    assertThat(call.err()).isEqualTo(" !     You haven't deployed any applications yet\n");
  }

  @Test
  void printsTheInstallationEvenIfAnAppIsNamedToo() {
    assertThat(run("--global", "blog"))
        .isEqualTo(
            "=====> --global app information\n"
                + "       App global disable autocreation: a<b>&c\n");
  }

  @Test
  void padsShortKeysTo31Columns() {
    Report narrow = Report.of("ps", false, s -> List.of(ReportedFlag.of("ps-x", (c, t) -> "1")));

    reports.run(call.call(), narrow, List.of("blog"));

    assertThat(call.out())
        .isEqualTo("=====> blog ps information\n       Ps x:" + " ".repeat(26) + "1\n");
  }

  @Test
  void leavesKeysAsTheyAreWhereTheFamilyDoes() {
    Report plain =
        new Report(
            "resource", true, false, "", s -> List.of(ReportedFlag.of("web.limit", (c, t) -> "1")));

    reports.run(call.call(), plain, List.of("blog"));

    assertThat(call.out())
        .isEqualTo("=====> blog resource information\n       web limit:" + " ".repeat(21) + "1\n");
  }

  @Test
  void hidesTheHeaderButNotTheBodyWhenQuiet() {
    RecordedCall quiet = RecordedCall.quiet();

    reports.run(quiet.call(), REPORT, List.of("blog"));

    assertThat(quiet.out()).isEqualTo(BLOG.substring(BLOG.indexOf('\n') + 1));
  }

  @Test
  void printsOnlyTheValueOfOneFlagUnmasked() {
    assertThat(run("blog", "--app-secret")).isEqualTo("s3cret\n");
  }

  @Test
  void printsAnEmptyLineForAnEmptyValue() {
    assertThat(run("--app-unset.secret", "blog")).isEqualTo("\n");
  }

  @Test
  void printsOneValueAnAppWithoutAName() {
    assertThat(run("--app-dir")).isEqualTo("/home/dokku/blog\n/home/dokku/shop\n");
  }

  @Test
  void refusesUnknownFlagsAndNamesThoseOfTheScope() {
    String app =
        "Invalid flag passed, valid flags: --app-dir, --app-global-disable-autocreation,"
            + " --app-secret, --app-unset.secret, --running";
    refused(app, 1, "blog", "--quiet");
    refused(app, 1, "blog", "--format=json");
    refused(app, 1, "blog", "--app-dir", "--nope");
    refused(
        "Invalid flag passed, valid flags: --app-global-disable-autocreation",
        1,
        "--global",
        "--app-dir");
  }

  @Test
  void printsNothingForTwoFlags() {
    assertThat(run("blog", "--app-dir", "--running")).isEmpty();
  }

  @Test
  void refusesTwoFlagsWhereTheFamilyDoes() {
    Report strict =
        new Report("x", true, true, "x:report command allows only a single flag", REPORT.flags());

    assertThatThrownBy(
            () -> reports.run(call.call(), strict, List.of("blog", "--app-dir", "--running")))
        .hasMessage("x:report command allows only a single flag");
  }

  @Test
  void printsJsonWithSortedKeysAndTheLegacyOnes() {
    assertThat(run("blog", "--format", "json"))
        .isEqualTo(
            "{\"app-dir\":\"/home/dokku/blog\","
                + "\"app-global-disable-autocreation\":\"a\\u003cb\\u003e\\u0026c\","
                + "\"app-running\":\"true\",\"app-secret\":\"s3cret\",\"app-unset.secret\":\"\","
                + "\"dir\":\"/home/dokku/blog\","
                + "\"global-disable-autocreation\":\"a\\u003cb\\u003e\\u0026c\","
                + "\"running\":\"true\",\"secret\":\"s3cret\",\"unset.secret\":\"\"}\n");
  }

  @Test
  void printsJsonWithoutLegacyKeysWhereTheFamilyHasNone() {
    Report modern =
        Report.of("git", false, s -> List.of(ReportedFlag.of("git-sha", (c, t) -> "1")));

    reports.run(call.call(), modern, List.of("--format", "json"));

    assertThat(call.out()).isEqualTo("{\"sha\":\"1\"}\n{\"sha\":\"1\"}\n");
  }

  @Test
  void refusesFormatsItDoesNotHave() {
    refused("Format must be \"stdout\" or \"json\": \"xml\"", 1, "blog", "--format", "xml");
    refused("flag needs an argument: --format", 2, "blog", "--format");
    refused(
        "--format flag cannot be specified when specifying an info flag",
        1,
        "blog",
        "--format",
        "json",
        "--app-dir");
  }

  @Test
  void takesStdoutForTheTextForm() {
    assertThat(run("--format", "stdout", "blog")).isEqualTo(BLOG);
  }

  @Test
  void refusesSingleDashesAndMissingApps() {
    refused("unknown shorthand flag: 'x' in -xyz", 2, "-xyz");
    refused("App nope does not exist", 20, "nope");
    refused(
        "App name must begin with lowercase alphanumeric character, and may only contain lowercase"
            + " alphanumerics, dots, and hyphens",
        1,
        "No");
  }

  @Test
  void ignoresFurtherWords() {
    assertThat(run("blog", "shop", "more")).isEqualTo(BLOG);
  }
}
