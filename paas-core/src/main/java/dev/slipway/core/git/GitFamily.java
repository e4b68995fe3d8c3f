package dev.slipway.core.git;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.GIT_DEPLOY_BRANCH;
import static dev.slipway.core.triggers.CoreTriggers.GIT_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.GIT_HAS_CODE;
import static dev.slipway.core.triggers.CoreTriggers.GIT_REVISION;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.RECEIVE_APP;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import dev.slipway.core.deploy.Facts;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.HostVariables;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the plugin {@code git} answers, and its smaller commands. Spec: 03 section 2. */
public final class GitFamily implements Recoverer {
  private static final String PLUGIN = GitProperties.PLUGIN;

  private final Roots roots;
  private final DurableFiles files;
  private final Repositories repositories;
  private final GitProperties properties;
  private final GitPush push;
  private final Builds builds;
  private final Triggers triggers;

  public GitFamily(
      Roots roots,
      DurableFiles files,
      Repositories repositories,
      GitProperties properties,
      GitPush push,
      Builds builds,
      Triggers triggers) {
    this.roots = roots;
    this.files = files;
    this.repositories = repositories;
    this.properties = properties;
    this.push = push;
    this.builds = builds;
    this.triggers = triggers;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(PLUGIN, POST_CREATE, at -> repositories.create(at.app(0)))
        .on(PLUGIN, POST_DELETE, at -> destroy(at.app(0)))
        .on(PLUGIN, RECEIVE_APP, this::receive)
        .on(PLUGIN, DEPLOY_SOURCE_SET, this::clearSourceImage)
        .on(PLUGIN, GIT_DEPLOY_BRANCH, at -> at.out().line(properties.deployBranch(at.app(0))))
        .on(PLUGIN, GIT_HAS_CODE, this::requireCode)
        .on(PLUGIN, GIT_GET_PROPERTY, this::printProperty)
        .on(PLUGIN, GIT_REVISION, this::printRevision)
        .on(PLUGIN, REPORT, at -> reports.print(at.call(), report().report(), at.app(0)));
  }

  /** {@code git:report}. */
  public GitReport report() {
    return new GitReport(properties, repositories);
  }

  /** {@code git:initialize}. */
  public void initialize(Call call, AppName app) {
    call.out().unlessQuiet().step("Initializing git repository for " + app);
    repositories.create(app);
  }

  /** {@code git:status}: git's own words about a bare repository. @return its exit status */
  public int status(Call call, AppName app, Path git) {
    return call.foreground()
        .run(
            Program.of(
                git,
                List.of("status"),
                HostVariables.forGit(call.environment()),
                repositories.path(app)));
  }

  /** {@code git:set}: an emptied revision variable means that none is recorded. */
  public void set(Call call, PropertySetter setter, List<String> words) {
    setter.run(call, GitProperties.SET, words);
    boolean emptied = words.size() < 3 || words.get(2).isEmpty();
    if (words.get(1).equals(GitProperties.REV_ENV_VAR) && emptied) {
      properties.disableRevision(GitReport.scope(words.getFirst()));
    }
  }

  /** {@code ps:rebuild}. */
  public void rebuild(Call call, AppName app) {
    builds.captured(call, app, "ps:rebuild", captured -> triggers.fire(captured, RECEIVE_APP, app));
  }

  private void receive(Invocation at) {
    AppName app = at.app(0);
    Optional<String> revision = Optional.of(at.argument(1)).filter(rev -> !rev.isEmpty());
    revision
        .filter(rev -> rev.startsWith("-"))
        .ifPresent(
            rev -> {
              throw new UserError("Invalid revision: " + rev);
            });
    builds.captured(at.call(), app, "git-hook", captured -> push.received(captured, app, revision));
  }

  private void clearSourceImage(Invocation at) {
    if (!at.argument(1).equals("docker-image")) {
      properties.clearSourceImage(at.app(0));
    }
  }

  private void requireCode(Invocation at) {
    String branch = at.argument(1).isEmpty() ? properties.deployBranch(at.app(0)) : at.argument(1);
    if (repositories.branch(at.app(0), branch).isEmpty()) {
      throw UserError.silent(1);
    }
  }

  private void printProperty(Invocation at) {
    if (!at.argument(1).equals(GitProperties.SOURCE_IMAGE)) {
      throw UserError.silent(1);
    }
    AppName app = at.app(0);
    String image =
        at.call()
            .variable(GitObjects.SOURCE_IMAGE)
            .orElseGet(() -> properties.values().own(app, GitProperties.SOURCE_IMAGE));
    if (!image.isEmpty()) {
      at.out().line(image);
    }
  }

  private void printRevision(Invocation at) {
    AppName app = at.app(0);
    properties
        .revisionVariable(app)
        .map(name -> triggers.ask(at.call(), CONFIG_GET, app, name))
        .filter(revision -> !revision.isEmpty())
        .ifPresent(at.out()::line);
  }

  @Override
  public void undo(Unfinished entry) {}

  @Override
  public void finish(Unfinished entry) {
    Optional.ofNullable(entry.facts().get(Facts.SOURCE_IMAGE))
        .ifPresent(image -> properties.storeSourceImage(entry.app(), image));
  }

  private void destroy(AppName app) {
    properties.destroy(app);
    files.deleteTree(roots.data(PLUGIN, app));
  }
}
