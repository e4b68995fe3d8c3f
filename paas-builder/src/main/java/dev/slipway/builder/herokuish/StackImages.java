package dev.slipway.builder.herokuish;

import static dev.slipway.core.triggers.CoreTriggers.BUILDPACK_STACK_NAME;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.util.Optional;

/**
 * Chooses the stack image of a build: the configured one, else on amd64 the public one if it is
 * here or can be pulled, else the one that this project makes, if it is here.
 */
final class StackImages {
  static final String PUBLIC = "gliderlabs/herokuish:latest-24";
  static final String OWN = "slipway/stack:bookworm";
  private static final String SETTING = "DOKKU_IMAGE";

  private final Engine engine;
  private final Triggers triggers;
  private final ImagePull pull;

  StackImages(Engine engine, Triggers triggers, ImagePull pull) {
    this.engine = engine;
    this.triggers = triggers;
    this.pull = pull;
  }

  /**
   * @throws UserError if there is none; says how to get one
   */
  Stack choose(Call call, AppName app) {
    Optional<String> configured =
        triggers
            .ask(call, BUILDPACK_STACK_NAME, app)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .findFirst();
    if (configured.isPresent()) {
      return new Stack(configured.get(), configured.get(), "");
    }
    // the environment of every call has the default under this name
    Optional<String> ofHost =
        call.variable(SETTING).filter(text -> !text.isBlank() && !text.equals(PUBLIC));
    return ofHost.isPresent()
        ? new Stack("herokuish", ofHost.get(), ofHost.get() + ", as " + SETTING + " says")
        : byDefault(call);
  }

  private Stack byDefault(Call call) {
    String architecture = engine.info().getOrDefault("architecture", "");
    String because;
    if (!architecture.equals("amd64")) {
      because = PUBLIC + " is not made for " + architecture;
    } else if (engine.image(PUBLIC).isPresent()) {
      return usual(PUBLIC, "the public stack image");
    } else {
      boolean have = engine.image(OWN).isPresent();
      Optional<String> failure = pull.attempt(call, PUBLIC, have ? " (else " + OWN + ")" : "");
      if (failure.isEmpty()) {
        return usual(PUBLIC, "the public stack image");
      }
      because = PUBLIC + " cannot be pulled: " + failure.get();
    }
    if (engine.image(OWN).isPresent()) {
      return usual(OWN, because);
    }
    throw new UserError(
        "There is no stack image to build in: "
            + because
            + ". Make Slipway's own on this host by scripts/stack-image, or name another:"
            + " buildpacks:set-property --global stack IMAGE");
  }

  private static Stack usual(String image, String why) {
    return new Stack("herokuish", image, image + " (" + why + ")");
  }

  /**
   * Pulls the image unless it is here.
   *
   * @throws UserError with the client's words, if that fails
   */
  void require(Call call, String image) {
    if (engine.image(image).isPresent()) {
      return;
    }
    pull.now(call, image)
        .ifPresent(
            failure -> {
              throw new UserError(
                  "The stack image "
                      + image
                      + " is not on this host and cannot be pulled: "
                      + failure);
            });
  }
}
