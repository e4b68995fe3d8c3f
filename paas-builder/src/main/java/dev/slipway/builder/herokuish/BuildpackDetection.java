package dev.slipway.builder.herokuish;

import static dev.slipway.core.triggers.CoreTriggers.GIT_DEPLOY_BRANCH;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.builder.BuilderTypes;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Streams;
import dev.slipway.core.deploy.Revisions;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.BranchName;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the stack image which buildpack it would build an app with. Spec: 03 section 6.1. */
public final class BuildpackDetection {
  private static final String FAILED = "Buildpack detection failed: ";

  private final Engine engine;
  private final Triggers triggers;
  private final InstallationId installation;
  private final StackImages stacks;
  private final Revisions revisions;
  private final Roots roots;

  BuildpackDetection(
      Engine engine,
      Triggers triggers,
      InstallationId installation,
      StackImages stacks,
      Revisions revisions,
      Roots roots) {
    this.engine = engine;
    this.triggers = triggers;
    this.installation = installation;
    this.stacks = stacks;
    this.revisions = revisions;
    this.roots = roots;
  }

  /**
   * Prints what is found.
   *
   * @param branch the one that is deployed, if absent
   * @throws UserError if there is no such branch, or no buildpack takes the app
   */
  public void run(Call call, AppName app, Optional<String> branch) {
    String wanted = branch.orElseGet(() -> triggers.ask(call, GIT_DEPLOY_BRANCH, app));
    Stack stack = stacks.choose(call, app);
    stacks.require(call, stack.image());
    Path tree = temporary();
    try {
      checkOut(app, wanted, tree);
      detect(call, app, stack, tree);
    } finally {
      delete(tree);
    }
  }

  private void checkOut(AppName app, String branch, Path tree) {
    String ref = branch.isEmpty() ? "HEAD" : "refs/heads/" + BranchName.checked(branch);
    try {
      revisions.checkOut(roots.app(app), ref, tree, Map.of());
    } catch (ToolFailure e) {
      throw new UserError("Unable to checkout bare git repository: " + e.getMessage());
    }
  }

  private void detect(Call call, AppName app, Stack stack, Path tree) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ContainerSpec spec =
        new ContainerSpec(
            Containers.name(app, "detect"),
            List.of(
                "--label=" + Labels.with(Labels.APP, app.value()),
                "--label=" + Labels.with(Labels.INSTALLATION, installation.value()),
                "--network=none"),
            stack.image(),
            List.of("/bin/herokuish", "buildpack", "detect"),
            Map.of(),
            Optional.empty());
    Containers.temporary(
        engine,
        spec,
        id -> {
          String user = BuilderTypes.appUser(triggers, call, app);
          AppUser owner = AppUser.of(user, engine.readFile(id, "/etc/passwd").orElse(new byte[0]));
          engine.copyIn(id, "/tmp/app", new Contents.Tree(tree, owner.uid(), owner.gid()));
          engine.copyIn(id, "/app", new Contents.Tree(tree, owner.uid(), owner.gid()));
          int status =
              engine.runAttached(
                  id,
                  new Streams(InputStream.nullInputStream(), said, said),
                  false,
                  Optional.empty());
          if (status != 0) {
            throw new UserError(FAILED + said.toString(UTF_8).strip());
          }
        });
    said.toString(UTF_8).lines().forEach(call.out()::detail);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("slipway-detect-");
    } catch (IOException e) {
      throw new UncheckedIOException("making a folder for the source", e);
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + tree, e);
    }
  }
}
