package dev.slipway.core.release;

import static dev.slipway.core.triggers.CoreTriggers.APP_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_RELEASE;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_URLS;
import static dev.slipway.core.triggers.CoreTriggers.PS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.RELEASE_AND_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;

import dev.slipway.core.builder.BuilderTypes;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Operation;
import dev.slipway.core.engine.Image;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.locks.InvocationTrees.Membership;
import dev.slipway.core.locks.Restarts;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code release-and-deploy} and {@code deploy}: releases an image that is there and hands
 * it to the app's scheduler. A call that is made from within a deploy of the same app (a hook that
 * sets configuration, say) does not deploy at once: it is put off until the outermost call ends,
 * and dropped when the deploy that it came from gets to read the same configuration. Spec: 03
 * section 11.1.
 */
public final class ReleaseAndDeploy {
  /** In a call's environment: what asked for the deploy. */
  public static final String SOURCE = "SLIPWAY_DEPLOY_SOURCE";

  /** In a deploy's journal entry: the id of the image that the app's name had before. */
  public static final String FORMER_IMAGE = "former-image";

  /** In a deploy's journal entry: the id of the image that was built. */
  public static final String IMAGE = "image";

  private static final Logger log = LoggerFactory.getLogger(ReleaseAndDeploy.class);
  private static final String PLUGIN = "common";

  private final Triggers triggers;
  private final ImageNames images;
  private final Builds builds;
  private final Journal journal;
  private final InvocationTrees trees;
  private final Restarts restarts;
  private final Former former;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  public ReleaseAndDeploy(
      Triggers triggers,
      ImageNames images,
      Builds builds,
      Journal journal,
      InvocationTrees trees,
      Restarts restarts,
      Former former) {
    this.triggers = triggers;
    this.images = images;
    this.builds = builds;
    this.journal = journal;
    this.trees = trees;
    this.restarts = restarts;
    this.former = former;
  }

  private record Running(String tree, AppName app) {}

  public void register(Handlers handlers) {
    handlers
        .on(
            PLUGIN,
            RELEASE_AND_DEPLOY,
            inv ->
                releaseAndDeploy(
                    inv.call(), inv.app(0), tag(inv.argument(1)), source(inv.argument(2))))
        .on(
            PLUGIN,
            DEPLOY,
            inv -> deploy(inv.call(), inv.app(0), tag(inv.argument(1)), inv.argument(2)));
  }

  private static String tag(String asked) {
    return asked.isEmpty() ? "latest" : asked;
  }

  private static String source(String asked) {
    return asked.isEmpty() ? "deploy" : asked;
  }

  /** The beginning of the keys under which restarts of an app are put off. */
  public static String putOffKey(AppName app) {
    return "restart " + app + " ";
  }

  /**
   * Releases and deploys, on a record of its own where none is kept already; an empty line ends the
   * output whatever comes of it.
   */
  public void releaseAndDeploy(Call call, AppName app, String tag, String source) {
    Consumer<Call> work =
        current ->
            builds.captured(
                current.with(SOURCE, source), app, source, now -> releaseNow(now, app, tag));
    run(call, app, "a deploy", "", source.equals("config-redeploy"), work);
  }

  /** Deploys the image without releasing it anew; {@code type} restricts it to a process type. */
  public void deploy(Call call, AppName app, String tag, String type) {
    Consumer<Call> work =
        current ->
            schedule(
                current.with(SOURCE, "deploy"), app, images.name(current, app, tag), tag, type);
    run(call, app, "a restart", type, type.isEmpty(), work);
  }

  private void run(
      Call call, AppName app, String what, String type, boolean collapses, Consumer<Call> work) {
    String key = putOffKey(app) + type;
    Running me = new Running(call.tree(), app);
    if (isWithinDeploy(me, call, app)
        && trees.putOff(call, key, later -> alone(me, later, app, what, collapses, key, work))) {
      call.out().step("A deploy of " + app + " is under way: it takes this change along");
      return;
    }
    alone(me, call, app, what, collapses, key, work);
  }

  private void alone(
      Running me,
      Call call,
      AppName app,
      String what,
      boolean collapses,
      String key,
      Consumer<Call> work) {
    try (Membership _ = trees.enter(call)) {
      restarts.run(call, app, what, collapses, key, now -> recorded(me, now, app, work));
    }
  }

  private void recorded(Running me, Call call, AppName app, Consumer<Call> work) {
    triggers.ask(call, APP_EXISTS, app);
    running.add(me);
    try (Journal.Entry _ = journal.open(call, app, Map.of())) {
      work.accept(call);
    } finally {
      running.remove(me);
    }
  }

  /**
   * A push has its entry from the start and calls us itself when the image is built; until then
   * only its hooks can have called.
   */
  private boolean isWithinDeploy(Running me, Call call, AppName app) {
    return running.contains(me)
        || journal.current(call, app).filter(step -> step.compareTo(Step.BUILT) < 0).isPresent();
  }

  private void releaseNow(Call call, AppName app, String tag) {
    Optional<String> image = images.built(app, tag).map(Image::id);
    try (Journal.Entry entry = journal.open(call, app, Map.of())) {
      if (image.isPresent() && !entry.facts().containsKey(FORMER_IMAGE)) {
        entry.step(Step.BUILT, Map.of(FORMER_IMAGE, image.get(), IMAGE, image.get()));
      }
      try {
        release(call, app, tag);
      } catch (RuntimeException e) {
        putBack(call, app, tag, image, entry.facts(), e);
        throw e;
      }
    }
  }

  /** What the release changed comes back, unless it serves already. */
  private void putBack(
      Call call,
      AppName app,
      String tag,
      Optional<String> image,
      Map<String, String> facts,
      RuntimeException failure) {
    if (journal.current(call, app).filter(now -> now.compareTo(Step.ROUTED) >= 0).isPresent()) {
      return;
    }
    try {
      former.putBack(app, facts);
      image.ifPresent(id -> images.putBack(app, tag, id));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      log.warn("state from before the release not restored app={}", app, e);
    }
  }

  private void release(Call call, AppName app, String tag) {
    try {
      String name = images.name(call, app, tag);
      Image image = images.require(name);
      call.operation().phase(Operation.RELEASE);
      call.out().step("Releasing " + app + "...");
      triggers.fire(
          call,
          BUILDER_RELEASE,
          BuilderTypes.releasedBy(image, BuilderTypes.appUser(triggers, call, app)),
          app,
          tag);
      try (Journal.Entry entry = journal.open(call, app, Map.of())) {
        entry.step(Step.RELEASED, Map.of("image-name", name));
      }
      if (triggers.ask(call, PS_GET_PROPERTY, app, "skip-deploy").equals("true")) {
        call.out().step("Skipping deployment");
        return;
      }
      call.operation().check();
      String scheduler = triggers.ask(call, SCHEDULER_DETECT, app);
      call.out().step("Deploying " + app + " via the " + scheduler + " scheduler...");
      call.operation().phase(Operation.DEPLOY);
      triggers.fire(call, SCHEDULER_DEPLOY, scheduler, app, tag, "");
      DeploySummary.show(call.out().unlessQuiet(), name, images.require(name), call.operation());
      call.out().heading("Application deployed:");
      triggers.ask(call, DOMAINS_URLS, app, "urls").lines().forEach(call.out()::detail);
    } finally {
      call.out().line("");
    }
  }

  private void schedule(Call call, AppName app, String name, String tag, String type) {
    images.require(name);
    triggers.fire(
        call, SCHEDULER_DEPLOY, triggers.ask(call, SCHEDULER_DETECT, app), app, tag, type);
  }
}
