package dev.slipway.builder.herokuish;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_EXPORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.builder.image.BuildLabels;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.tasks.ThrowAway;
import dev.slipway.core.text.ExactText;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last layer of a released image: the configuration as scripts that every process of the app
 * reads, the app's owner, and the user that runs it. It always lies on the image that was built, so
 * that a hundred changes of configuration are not a hundred layers. Spec: 03 section 5.2.
 */
final class ReleaseLayer {
  /** On a released image: what its configuration came to, so that an unchanged one is kept. */
  static final String DIGEST = "dev.slipway.environment";

  /** On a released image: the one that it was made from. */
  static final String BASE = "dev.slipway.built";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAILED = "Failure injecting environment variables";

  private final Engine engine;
  private final Triggers triggers;
  private final AppImages images;
  private final InstallationId installation;

  ReleaseLayer(Engine engine, Triggers triggers, AppImages images, InstallationId installation) {
    this.engine = engine;
    this.triggers = triggers;
    this.images = images;
    this.installation = installation;
  }

  /** The scripts by their path from the top of the container. */
  Map<String, byte[]> scripts(Call call, AppName app) {
    return Map.of(
        "app/.profile.d/00-global-env.sh", exports(call, app, true),
        "app/.profile.d/01-app-env.sh", exports(call, app, false));
  }

  private byte[] exports(Call call, AppName app, boolean global) {
    return ExactText.encode(
        triggers.ask(call, CONFIG_EXPORT, app, global, false, "exports") + "\n");
  }

  /**
   * Gives the app's name back to the image that was built, if the configuration is another than at
   * the last release or a task changed the image then; what is done before the layer is then done
   * on a clean image.
   *
   * @return the id of the image that the app's name means now
   */
  Optional<String> startOver(Call call, AppName app, String user) {
    images
        .current(app)
        .filter(image -> !image.labels().getOrDefault(DIGEST, "").isEmpty())
        .filter(image -> isOfTask(image) || !isUpToDate(image, digest(user, scripts(call, app))))
        .map(image -> image.labels().getOrDefault(BASE, ""))
        .flatMap(engine::image)
        .ifPresent(built -> engine.tag(built.id(), AppImages.repository(app), "latest"));
    return images.current(app).map(Image::id);
  }

  private static boolean isOfTask(Image image) {
    return !image.labels().getOrDefault(ThrowAway.LABEL, "").isEmpty();
  }

  private static boolean isUpToDate(Image image, String digest) {
    return digest.equals(image.labels().get(DIGEST));
  }

  /**
   * Adds the layer, unless it is there.
   *
   * @param built what the next release starts over from
   * @throws ToolFailure if that fails
   */
  void apply(Call call, AppName app, String user, Optional<String> built) {
    Optional<Image> image = images.current(app);
    Map<String, byte[]> scripts = scripts(call, app);
    String digest = digest(user, scripts);
    if (image.isEmpty() || isUpToDate(image.get(), digest)) {
      return;
    }
    try {
      Map<String, String> labels = new HashMap<>(BuildLabels.release(app, installation));
      labels.put(DIGEST, digest);
      labels.put(BASE, built.orElse(image.get().id()));
      add(app, image.get(), user, scripts, labels);
    } catch (ToolFailure e) {
      throw new ToolFailure(FAILED + ": " + e.getMessage(), e);
    }
  }

  private void add(
      AppName app,
      Image image,
      String user,
      Map<String, byte[]> scripts,
      Map<String, String> labels) {
    Containers.temporary(
        engine,
        container(app, image, user),
        id -> {
          AppUser owner = owner(id, user);
          engine.copyIn(id, "/", new Contents.Files(scripts, 0644, owner.uid(), owner.gid()));
          engine.start(id);
          int status = engine.await(id);
          if (status != 0) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            engine.logs(id, 20, false, false, said, said);
            throw new ToolFailure(said.toString(UTF_8).strip() + " (status " + status + ")");
          }
          engine.commit(id, AppImages.repository(app), "latest", labels, changes(image, owner));
        });
  }

  private AppUser owner(String id, String user) {
    return AppUser.of(user, engine.readFile(id, "/etc/passwd").orElse(new byte[0]));
  }

  /** Works as root: variables of the build go, and what somebody else owns is the app's. */
  private ContainerSpec container(AppName app, Image image, String user) {
    String script =
        """
        set -e
        rm -rf /tmp/env
        find /app '(' ! -user "$0" -o ! -group "$(id -g "$0")" ')' -exec chown -h "$0:$(id -g "$0")" {} +
        """;
    List<String> options = new ArrayList<>(List.of("--user=0:0", "--network=none", "--workdir=/"));
    List<String> command = new ArrayList<>(List.of("-c", script, user));
    if (image.entrypoint().isEmpty()) {
      command.addFirst("/bin/sh");
    } else {
      options.add("--entrypoint=/bin/sh");
    }
    options.addAll(BuildLabels.options(BuildLabels.release(app, installation)));
    return new ContainerSpec(
        Containers.name(app, "release"), options, image.id(), command, Map.of(), Optional.empty());
  }

  private static List<String> changes(Image image, AppUser owner) {
    List<String> changes = new ArrayList<>();
    changes.add("USER " + owner.name());
    changes.add("ENV HEROKUISH_SETUIDGUID=false");
    changes.add("WORKDIR /app");
    changes.add("CMD " + json(image.command()));
    if (!image.entrypoint().isEmpty()) {
      changes.add("ENTRYPOINT " + json(image.entrypoint()));
    }
    return changes;
  }

  private static String json(List<String> words) {
    try {
      return JSON.writeValueAsString(words);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts always make JSON", e);
    }
  }

  private static String digest(String user, Map<String, byte[]> scripts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(user.getBytes(UTF_8));
      scripts.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              each -> {
                digest.update((byte) 0);
                digest.update(each.getValue());
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
