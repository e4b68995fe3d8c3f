package dev.slipway.core.git.sources;

import static dev.slipway.core.triggers.CoreTriggers.GIT_FROM_ARCHIVE;
import static dev.slipway.core.triggers.CoreTriggers.GIT_FROM_DIRECTORY;
import static dev.slipway.core.triggers.CoreTriggers.GIT_FROM_IMAGE;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.deploy.Revisions;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.GitPush;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.time.Clock;

/** The commands that deploy what no push brings. Spec: 03 sections 2.8 to 2.11. */
public final class GitSources {
  private static final String PLUGIN = "git";

  private final FromArchive fromArchive;
  private final FromImage fromImage;
  private final FromDirectory fromDirectory;
  private final LoadImage loadImage;
  private final Sync sync;
  private final Builds builds;
  private final Triggers triggers;
  private final PipedPrograms programs;

  /** What the sources work with, each an adapter. */
  public record Tools(
      Commits commits,
      Archives archives,
      Remote remote,
      Revisions revisions,
      ImagePull pulls,
      Engine engine) {}

  public GitSources(
      Roots roots,
      DurableFiles files,
      Repositories repositories,
      GitProperties properties,
      GitPush push,
      Builds builds,
      Triggers triggers,
      PipedPrograms programs,
      Tools tools) {
    this.fromArchive = new FromArchive(roots, files, properties, tools.archives(), triggers);
    this.fromImage =
        new FromImage(roots, files, properties, tools.engine(), tools.pulls(), triggers);
    this.fromDirectory =
        new FromDirectory(
            roots, repositories, properties, push, tools.commits(), files, Clock.systemUTC());
    this.loadImage = new LoadImage(tools.engine());
    this.sync =
        new Sync(repositories, properties, tools.remote(), tools.revisions(), files, triggers);
    this.builds = builds;
    this.triggers = triggers;
    this.programs = programs;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, GIT_FROM_ARCHIVE, fromArchive::handle)
        .on(PLUGIN, GIT_FROM_DIRECTORY, fromDirectory::handle)
        .on(PLUGIN, GIT_FROM_IMAGE, fromImage::handle);
  }

  /** Removes what a killed daemon left of something that was being taken in. */
  public static void sweep(Roots roots, DurableFiles files) {
    Workspace.sweep(roots, files);
  }

  /**
   * {@code git:from-archive}.
   *
   * @param url {@code --} for standard input
   */
  public void fromArchive(
      Call call, AppName app, String type, String url, String user, String email) {
    ArchiveType.parse(type);
    if (url.isEmpty()) {
      throw new UserError("Please specify an archive url or -- to fetch the archive from stdin");
    }
    Author.of(user, email);
    builds.captured(
        call,
        app,
        "git:from-archive",
        captured ->
            triggers.fire(
                url.equals(FromArchive.STDIN) ? reading(captured, call) : captured,
                GIT_FROM_ARCHIVE,
                app,
                url,
                type,
                user,
                email));
  }

  /**
   * {@code git:from-image}.
   *
   * @param force whether an image that is here is pulled again
   * @param buildDirectory may be empty
   */
  public void fromImage(
      Call call,
      AppName app,
      String image,
      boolean force,
      String buildDirectory,
      String user,
      String email) {
    ImageReference reference = new ImageReference(image);
    Author.of(user, email);
    builds.captured(
        force ? call.with(FromImage.FORCE_PULL, "true") : call,
        app,
        "git:from-image",
        captured ->
            triggers.fire(captured, GIT_FROM_IMAGE, app, reference, buildDirectory, user, email));
  }

  /** {@code git:load-image}. */
  public void loadImage(
      Call call, AppName app, String image, String buildDirectory, String user, String email) {
    ImageReference reference = new ImageReference(image);
    Author.of(user, email);
    LoadImage.requirePipe(call);
    builds.captured(
        call,
        app,
        "git:load-image",
        captured -> {
          loadImage.load(reading(captured, call), reference);
          triggers.fire(captured, GIT_FROM_IMAGE, app, reference, buildDirectory, user, email);
        });
  }

  /**
   * {@code git:sync}.
   *
   * @param build {@code --build}, {@code --build-if-changes} or empty
   */
  public void sync(
      Call call, AppName app, String url, String ref, String build, boolean keepDeployBranch) {
    if (url.isEmpty()) {
      throw new UserError("Missing GIT_REMOTE parameter");
    }
    if (ref.startsWith("-")) {
      throw new UserError("Invalid git reference: " + ref);
    }
    Sync.Build when =
        switch (build) {
          case "--build" -> Sync.Build.ALWAYS;
          case "--build-if-changes" -> Sync.Build.IF_CHANGED;
          default -> Sync.Build.NEVER;
        };
    Sync.Request request = new Sync.Request(RemoteUrl.parse(url), ref, when, keepDeployBranch);
    builds.captured(call, app, "git:sync", captured -> sync.run(captured, app, request));
  }

  /** The same call with the caller's input, which work in a build record has not by itself. */
  private Call reading(Call captured, Call call) {
    return captured.piped(
        call.streams().in(), captured.streams().out(), captured.streams().err(), programs);
  }
}
