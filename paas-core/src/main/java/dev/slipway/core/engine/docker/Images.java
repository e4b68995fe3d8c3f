package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images of the engine. */
final class Images {
  private static final Logger LOG = LoggerFactory.getLogger(Images.class);

  /** What writing the layer of a large container may take longer than other calls. */
  private static final Duration COMMIT = Duration.ofMinutes(30);

  private final EngineApi api;

  Images(EngineApi api) {
    this.api = api;
  }

  Optional<Image> find(String reference) {
    return api.find(Target.ofImage(reference, "json")).map(Images::image);
  }

  List<Image> all(List<String> labels, boolean dangling) {
    Map<String, List<String>> filters = new HashMap<>();
    filters.put("label", labels);
    filters.put("dangling", dangling ? List.of("true") : List.of());
    List<Image> images = new ArrayList<>();
    for (JsonNode each : api.get(Target.of("/images/json").filtered(filters))) {
      find(each.path("Id").asText()).ifPresent(images::add);
    }
    return images;
  }

  private static Image image(JsonNode json) {
    JsonNode config = json.path("Config");
    List<String> exposed = new ArrayList<>();
    config.path("ExposedPorts").fieldNames().forEachRemaining(exposed::add);
    return new Image(
        json.path("Id").asText(),
        Json.texts(json.path("RepoTags")),
        Json.pairs(config.path("Labels")),
        exposed,
        Json.texts(config.path("Env")),
        Json.texts(config.path("Entrypoint")),
        Json.texts(config.path("Cmd")),
        config.path("WorkingDir").asText(""),
        json.path("Architecture").asText(""));
  }

  void tag(String imageId, String repository, String tag) {
    api.post(Target.ofImage(imageId, "tag").with("repo", repository).with("tag", tag));
  }

  boolean remove(String reference) {
    try {
      api.delete(Target.ofImage(reference, ""));
      return true;
    } catch (Refused e) {
      if (e.isConflict()) {
        return false;
      }
      if (e.isNotFound()) {
        return true;
      }
      throw e;
    }
  }

  String commit(
      String container,
      String repository,
      String tag,
      Map<String, String> labels,
      List<String> changes) {
    Target commit =
        Target.of("/commit")
            .with("container", container)
            .with("repo", repository)
            .with("tag", tag)
            .with("pause", false);
    changes.forEach(change -> commit.with("changes", change));
    labels.forEach(
        (key, value) -> commit.with("changes", "LABEL " + quoted(key) + "=" + quoted(value)));
    return api.postSlow(commit, COMMIT).path("Id").asText();
  }

  /** A word of an instruction that stands for itself. */
  private static String quoted(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new ToolFailure("A label of an image cannot have a line end: " + text);
    }
    return '"' + text.replaceAll("([\"\\\\$])", "\\\\$1") + '"';
  }

  void load(InputStream archive, Consumer<String> progress) {
    try (Response answer =
            api.upload(Method.POST, Target.of("/images/load").with("quiet", 1), archive);
        InputStream body = answer.getBody();
        Heartbeat _ = Heartbeat.watch(api, answer::close);
        MappingIterator<JsonNode> lines =
            EngineApi.JSON.readerFor(JsonNode.class).readValues(body)) {
      while (lines.hasNextValue()) {
        JsonNode line = lines.nextValue();
        if (line.hasNonNull("error")) {
          throw new ToolFailure("Loading the image failed: " + line.path("error").asText());
        }
        line.path("stream").asText("").lines().forEach(progress);
      }
    } catch (IOException e) {
      throw api.unavailable(e);
    }
  }

  String build(
      Path context,
      Map<String, String> arguments,
      Map<String, String> labels,
      String tag,
      Consumer<String> progress) {
    URI host = URI.create("unix://" + api.socket());
    var config =
        new DefaultDockerClientConfig.Builder()
            .withDockerHost(host.toString())
            .withApiVersion("1." + api.minorVersion())
            .build();
    try (var client =
            DockerClientImpl.getInstance(
                config, new ZerodepDockerHttpClient.Builder().dockerHost(host).build());
        Heartbeat _ = Heartbeat.watch(api, () -> closeQuietly(client))) {
      var command = client.buildImageCmd(context.toFile()).withLabels(labels).withForcerm(true);
      arguments.forEach(command::withBuildArg);
      if (!tag.isEmpty()) {
        command.withTags(Set.of(tag));
      }
      return command.exec(new Progress(progress)).awaitImageId();
    } catch (DockerException | DockerClientException e) {
      throw new ToolFailure("Building the image failed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw api.unavailable(e);
    }
  }

  private static void closeQuietly(Closeable client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("closing a connection to the engine", e);
    }
  }

  /** Lines of a build as they come; a longer one than 64 KiB is broken there. */
  static final class Progress extends BuildImageResultCallback {
    private static final int LONGEST = 65536;

    private final Consumer<String> progress;
    private final StringBuilder line = new StringBuilder();

    Progress(Consumer<String> progress) {
      this.progress = progress;
    }

    @Override
    public void onNext(BuildResponseItem item) {
      super.onNext(item);
      String text = item.getStream();
      if (text == null) {
        return;
      }
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) != '\n') {
          line.append(text.charAt(i));
        }
        if (text.charAt(i) == '\n' || line.length() == LONGEST) {
          pass();
        }
      }
    }

    private void pass() {
      progress.accept(line.toString());
      line.setLength(0);
    }

    @Override
    public void onComplete() {
      if (!line.isEmpty()) {
        pass();
      }
      super.onComplete();
    }
  }
}
