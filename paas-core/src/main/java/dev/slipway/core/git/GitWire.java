package dev.slipway.core.git;

import static dev.slipway.core.triggers.CoreTriggers.APP_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.APP_MAYBE_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.GIT_POST_PULL;
import static dev.slipway.core.triggers.CoreTriggers.GIT_PRE_PULL;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.deploy.Pins;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The git services as a client asks for them by name. Native git speaks to the client; standard
 * output is its wire, so whatever is said before goes to standard error. Spec: 03 section 2.2.
 */
public final class GitWire {
  private static final Logger log = LoggerFactory.getLogger(GitWire.class);

  private final RepositoryName names;
  private final Repositories repositories;
  private final GitPrograms programs;
  private final Pins pins;
  private final VisibleApps apps;
  private final Triggers triggers;
  private final Deliveries deliveries;
  private final PushOutputs outputs;

  public GitWire(
      RepositoryName names,
      Repositories repositories,
      GitPrograms programs,
      Pins pins,
      VisibleApps apps,
      Triggers triggers,
      Deliveries deliveries,
      PushOutputs outputs) {
    this.names = names;
    this.repositories = repositories;
    this.programs = programs;
    this.pins = pins;
    this.apps = apps;
    this.triggers = triggers;
    this.deliveries = deliveries;
    this.outputs = outputs;
  }

  /**
   * {@code git-receive-pack}: a push. The app is made where it is missing and that is allowed.
   *
   * @return git's exit status
   */
  public int receive(Call call, String argument) {
    AppName app = ready(call, argument);
    repositories.requireHook(app);
    String push = UUID.randomUUID().toString();
    try {
      return deliveries.whole(call, whole -> receive(whole, app, push));
    } finally {
      settle(app, push);
    }
  }

  private int receive(Call call, AppName app, String push) {
    try (PushOutputs.Known _ = outputs.client(push, call)) {
      return call.foreground().run(programs.receivePack(call, repositories.path(app), push));
    }
  }

  /** {@code git-upload-pack}: a fetch or clone. @return git's exit status */
  public int upload(Call call, String argument) {
    AppName app = ready(call, argument);
    Call beside = besideTheWire(call);
    triggers.fire(beside, GIT_PRE_PULL, app);
    int status = call.foreground().run(programs.uploadPack(call, repositories.path(app)));
    triggers.fire(beside, GIT_POST_PULL, app);
    return status;
  }

  /** {@code git-upload-archive}: nothing is made for it. @return git's exit status */
  public int archive(Call call, String argument) {
    AppName app = apps.existing(call, names.parse(argument).value());
    return call.foreground().run(programs.uploadArchive(call, repositories.path(app)));
  }

  private AppName ready(Call call, String argument) {
    AppName app = names.parse(argument);
    Call beside = besideTheWire(call);
    if (!triggers.holds(beside, APP_EXISTS, app)) {
      if (Files.exists(repositories.path(app), LinkOption.NOFOLLOW_LINKS)) {
        throw UserError.noSuchApp(app.value());
      }
      triggers.fire(beside, APP_MAYBE_CREATE, AppName.parseNew(app.value()));
    }
    if (!repositories.exists(app)) {
      repositories.create(app);
    }
    return app;
  }

  private Call besideTheWire(Call call) {
    return deliveries.piped(call, call.streams().err(), call.streams().err());
  }

  /** The push has ended: git has moved the ref, or has refused after all. */
  private void settle(AppName app, String push) {
    try {
      pins.deployed(app).stream()
          .filter(pin -> pin.push().equals(push))
          .forEach(pin -> pins.drop(app, pin.build()));
    } catch (UserError | java.io.UncheckedIOException e) {
      log.warn("pin of app={} left: {}", app, e.getMessage());
    }
  }
}
