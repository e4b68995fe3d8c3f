package dev.slipway.core.git.sources;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.GIT_FROM_DIRECTORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Deploys an image, by a commit that holds a Dockerfile for it. Spec: 03 section 2.9. */
final class FromImage {
  /** Set by the command's own {@code --force}. */
  static final String FORCE_PULL = "SLIPWAY_FORCE_PULL";

  private static final String DOCKERFILE = "Dockerfile";

  private final Roots roots;
  private final DurableFiles files;
  private final GitProperties properties;
  private final Engine engine;
  private final ImagePull pulls;
  private final Triggers triggers;

  FromImage(
      Roots roots,
      DurableFiles files,
      GitProperties properties,
      Engine engine,
      ImagePull pulls,
      Triggers triggers) {
    this.roots = roots;
    this.files = files;
    this.properties = properties;
    this.engine = engine;
    this.pulls = pulls;
    this.triggers = triggers;
  }

  /** {@code git-from-image APP IMAGE BUILD_DIR NAME EMAIL}. */
  void handle(Invocation at) {
    AppName app = at.app(0);
    ImageReference image = new ImageReference(at.argument(1));
    String buildDirectory = at.argument(2);
    Author author = Author.of(at.argument(3), at.argument(4));
    Call call = at.call().with(GitObjects.SOURCE_IMAGE, image.text());
    try (Workspace workspace = Workspace.make(roots, files)) {
      call.out().step("Generating build context");
      Path context = workspace.folder("context");
      if (!buildDirectory.isEmpty()) {
        copy(call, call.directory().resolve(buildDirectory), context);
      }
      append(context.resolve(DOCKERFILE), image);
      pull(call, app, image);
      triggers.fire(call, GIT_FROM_DIRECTORY, app, context, author.name(), author.email());
    }
    properties.storeSourceImage(app, image.text());
    triggers.fire(call, DEPLOY_SOURCE_SET, app, "docker-image", image);
  }

  /** Everything that a key can name ends up in an image that its owner can read. */
  private static void copy(Call call, Path from, Path context) {
    if (call.identity().keyName().isPresent()) {
      throw new UserError(
          "--build-dir names a folder of the server, and can only be given on the server");
    }
    if (!Files.isDirectory(from)) {
      throw new UserError("Invalid BUILD_DIR specified for docker build context");
    }
    call.out().detail("Syncing build directory context");
    TreeCopy.copy(from, context);
  }

  private static void append(Path dockerfile, ImageReference image) {
    String lines =
        "FROM %1$s%nLABEL com.dokku.docker-image-labeler/alternate-tags=[\\\"%1$s\\\"]%n"
            .formatted(image);
    try {
      if (Files.exists(dockerfile, LinkOption.NOFOLLOW_LINKS)
          && !Files.isRegularFile(dockerfile, LinkOption.NOFOLLOW_LINKS)) {
        throw new UserError("The Dockerfile of the build directory is no regular file");
      }
      Files.writeString(dockerfile, lines, UTF_8, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + dockerfile, e);
    }
  }

  private void pull(Call call, AppName app, ImageReference image) {
    boolean here = engine.image(image.text()).isPresent();
    if (here && !call.force() && call.variable(FORCE_PULL).isEmpty()) {
      call.out().step("Image exists on host, skipping pull");
      return;
    }
    call.out().step(here ? "Force pulling image" : "Pulling image");
    if (!pulls.pull(call, app, image)) {
      throw new UserError("Failed to pull image: " + image);
    }
  }
}
