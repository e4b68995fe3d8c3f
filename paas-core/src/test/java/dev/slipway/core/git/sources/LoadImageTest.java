package dev.slipway.core.git.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.testing.RecordedCall;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LoadImageTest {
  private final MemoryEngine engine =
      new MemoryEngine()
          .withImage("dokku/app:latest")
          .withImage("dokku/other:latest")
          .withImage("slipway/stack:1")
          .withImage("team/new:1");

  /** Gives these names to one image, as an archive does, while something else goes on. */
  private void load(String asked, Runnable meanwhile, String... names) {
    engine.withImage("in/archive:1");
    String id = id("in/archive:1");
    Engine loading =
        (Engine)
            Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> {
                  if (!method.getName().equals("load")) {
                    try {
                      return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                  meanwhile.run();
                  @SuppressWarnings("unchecked")
                  Consumer<String> progress = (Consumer<String>) arguments[1];
                  for (String name : names) {
                    engine
                        .image(name)
                        .map(Image::id)
                        .ifPresent(
                            old ->
                                progress.accept(
                                    "The image "
                                        + name
                                        + " already exists, renaming the old one with ID "
                                        + old
                                        + " to empty string"));
                    tag(id, name);
                    progress.accept("Loaded image: " + name);
                  }
                  return null;
                });
    new LoadImage(loading).load(new RecordedCall().call(), new ImageReference(asked));
  }

  private void tag(String id, String name) {
    int colon = name.lastIndexOf(':');
    engine.tag(id, name.substring(0, colon), name.substring(colon + 1));
  }

  private String id(String name) {
    return engine.image(name).orElseThrow().id();
  }

  /** The engine of the test forgets an image without a name, the real one does not. */
  private String kept(String name) {
    tag(id(name), "kept/" + name);
    return id(name);
  }

  @Test
  void takesTheNameThatWasAskedFor() {
    engine.withImage("docker.io/team/fresh");
    String before = id("team/new:1");

    load("team/new:1", () -> {}, "team/new:1");
    load("docker.io/team/fresh", () -> {}, "team/fresh:latest");

    assertThat(id("team/new:1")).isNotEqualTo(before);
    assertThat(engine.image("team/fresh:latest")).isPresent();
  }

  @Test
  void leavesWhatIsDeployedMeanwhile() {
    engine.withImage("build/of:other");
    String newer = id("build/of:other");

    load("team/new:1", () -> tag(newer, "dokku/other:latest"), "team/new:1");

    assertThat(id("dokku/other:latest")).isEqualTo(newer);
  }

  @Test
  void givesOtherNamesBack() {
    String stack = kept("slipway/stack:1");
    engine.withImage("build/of:app");
    String newer = id("build/of:app");

    assertThatThrownBy(
            () ->
                load(
                    "team/new:1",
                    () -> tag(newer, "dokku/app:latest"),
                    "team/new:1",
                    "slipway/stack:1",
                    "dokku/app:latest",
                    "evil/extra:1"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("put back: dokku/app:latest, evil/extra:1, slipway/stack:1");
    assertThat(id("slipway/stack:1")).isEqualTo(stack);
    assertThat(id("dokku/app:latest")).isEqualTo(newer);
    assertThat(engine.image("evil/extra:1")).isEmpty();
  }

  @Test
  void doesNotTakeAnAppsImageEvenIfAskedTo() {
    for (String name : List.of("dokku/app:latest", "slipway/stack:1")) {
      String before = kept(name);

      assertThatThrownBy(() -> load(name, () -> {}, name)).isInstanceOf(UserError.class);
      assertThat(id(name)).isEqualTo(before);
    }
  }
}
