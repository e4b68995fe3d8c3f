package dev.slipway.cli.git;

import dev.slipway.cli.apps.OnApp;
import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.Words;
import dev.slipway.core.call.Call;
import dev.slipway.core.git.GitFamily;
import dev.slipway.core.git.GitHook;
import dev.slipway.core.git.GitWire;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import java.nio.file.Path;

/** The commands of {@code git}. */
public final class GitCommands {
  private final GitWire wire;
  private final GitHook hook;
  private final GitFamily family;
  private final Path git;

  /**
   * @param git the program
   */
  public GitCommands(GitWire wire, GitHook hook, GitFamily family, Path git) {
    this.wire = wire;
    this.hook = hook;
    this.family = family;
    this.git = git;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("git", Layout.SHELL, "Manage app deploys via git")
        .unlisted("git-receive-pack", Syntax.SHELL, call -> new OnRepository(call, wire::receive))
        .unlisted("git-upload-pack", Syntax.SHELL, call -> new OnRepository(call, wire::upload))
        .unlisted("git-upload-archive", Syntax.SHELL, call -> new OnRepository(call, wire::archive))
        .attended("git-upload-pack", "git-upload-archive")
        .unlisted("git-hook", Syntax.SHELL, call -> new OnApp(app -> hook.run(call, app)))
        .add(
            "git:initialize",
            Syntax.SHELL,
            "git:initialize <app>, Initialize a git repository for an app",
            call -> new OnApp(app -> family.initialize(call, app)))
        .add(
            "git:report",
            Syntax.SHELL,
            "git:report [<app>] [<flag>], Displays a git report for one or more apps",
            call -> new ReportCommand(reports, family.report().report(), call))
        .add(
            "git:set",
            Syntax.SHELL,
            "git:set <app> <property> (<value>), Set or clear a git property for an app",
            call -> new Words(words -> family.set(call, setter, words)))
        .add(
            "git:status",
            Syntax.SHELL,
            "git:status <app>, show the working tree status for an app",
            call -> new GitStatus(app -> family.status(call, app, git)));
  }

  /** A wire service. */
  @FunctionalInterface
  interface Service {
    int run(Call call, String argument);
  }
}
