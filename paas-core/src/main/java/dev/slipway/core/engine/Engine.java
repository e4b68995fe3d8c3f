package dev.slipway.core.engine;

import dev.slipway.core.call.Streams;
import dev.slipway.core.call.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The container engine. All methods block; all may be called from many threads. A method that needs
 * the engine throws {@link dev.slipway.core.error.ToolFailure} with the engine's own words if it
 * refuses, or {@link EngineUnavailable} if it does not answer in time. No method waits for ever on
 * an engine that hangs.
 */
public interface Engine {
  /**
   * Facts about the engine: {@code version}, {@code apiVersion}, {@code architecture}, {@code
   * rootDir}, {@code loggingDriver}.
   */
  Map<String, String> info();

  /**
   * Makes a container without starting it. Options that the API mapping does not know make it fall
   * back to the docker command line with the same list. With a route address it joins the route
   * network under it before it can start.
   *
   * @return the full id
   */
  String create(ContainerSpec spec);

  /**
   * The same, telling the person who called what was left out: variables that the docker command
   * line must not get.
   */
  default String create(ContainerSpec spec, Consumer<String> warnings) {
    return create(spec);
  }

  void start(String id);

  /**
   * SIGTERM (or the image's stop signal), then SIGKILL after the timeout; fine if it is stopped or
   * gone.
   */
  void stop(String id, Duration timeout);

  /** Sends a signal by name ({@code TERM}, {@code KILL}); fine if it is not running. */
  void kill(String id, String signal);

  /**
   * Removes it; fine if it is gone. {@code force} kills a running one first. Anonymous volumes go
   * with it.
   */
  void remove(String id, boolean force);

  void rename(String id, String name);

  /**
   * Sets the restart policy, as {@code no}, {@code always}, {@code unless-stopped} or {@code
   * on-failure:10}.
   */
  void restartPolicy(String id, String policy);

  /** By id, unambiguous id prefix or name. */
  Optional<Container> container(String idOrName);

  /**
   * All containers, stopped ones too, that have each of these labels ({@code key} or {@code
   * key=value}). One request however many there are, hence without restarts, start time and what
   * the kernel did: ask for a single one by {@link #container} for those.
   */
  List<Container> containers(List<String> labels);

  /** The engine's own JSON of a container, for {@code ps:inspect}. */
  String inspectJson(String id);

  /**
   * Copies what the container has written.
   *
   * @param tail how many lines from the end; negative for all
   * @param follow goes on until the container ends or the thread is interrupted
   */
  void logs(
      String id, int tail, boolean follow, boolean timestamps, OutputStream out, OutputStream err);

  /** Waits for its end. @return the exit code */
  int await(String id);

  /**
   * Starts a created container with the streams attached from its first byte, and waits for its
   * end. Input ends when the stream ends; with a terminal the bytes go raw and its size and changes
   * are passed on. Interrupting the thread detaches (130), and so does an output that cannot be
   * written any more because its reader has gone (141); the container runs on then.
   *
   * @param forwardInput whether the stream's input is sent at all
   * @param terminal present if the container was made with a tty that is the caller's
   * @return the exit code
   */
  int runAttached(String id, Streams streams, boolean forwardInput, Optional<Terminal> terminal);

  /**
   * Runs a command inside a running container, streams and terminal as in {@link #runAttached}. A
   * command whose caller went away is ended with HUP, after five seconds with KILL.
   *
   * @return the exit code
   */
  int exec(
      String id,
      List<String> command,
      Optional<String> workdir,
      Streams streams,
      boolean tty,
      Optional<Terminal> terminal);

  /** Copies one file out of a container or image file system; absent if it is not there. */
  Optional<byte[]> readFile(String containerId, String path);

  /**
   * Puts files into a container, also into one that was not started yet. Folders on the way are
   * made, what is there already is replaced.
   *
   * @param folder an absolute path in the container
   */
  void copyIn(String id, String folder, Contents contents);

  Optional<Image> image(String reference);

  /** Images with each of these labels, {@code dangling} restricting to untagged ones. */
  List<Image> images(List<String> labels, boolean dangling);

  void tag(String imageId, String repository, String tag);

  /**
   * Removes a tag or an untagged image. @return whether it is gone; false if something still uses
   * it
   */
  boolean removeImage(String reference);

  /**
   * Builds an image with the engine's build API, for engines without the BuildKit client. Output
   * lines go to {@code progress}.
   *
   * @return the image's id
   */
  String build(
      Path context,
      Map<String, String> buildArguments,
      Map<String, String> labels,
      String tag,
      Consumer<String> progress);

  /**
   * Makes an image of a container as it is now, with its settings.
   *
   * @param labels added to those of the container
   * @param changes instructions as in a Dockerfile: {@code CMD}, {@code ENTRYPOINT}, {@code ENV},
   *     {@code EXPOSE}, {@code USER}, {@code WORKDIR}
   * @return the image's id
   */
  String commit(
      String id, String repository, String tag, Map<String, String> labels, List<String> changes);

  /** The labels of a volume; absent if there is none of that name. */
  Optional<Map<String, String>> volume(String name);

  /** Makes a volume of the engine's own kind; one of that name that is there stays as it is. */
  void createVolume(String name, Map<String, String> labels);

  void removeVolume(String name);

  /**
   * The network that the proxy reaches web containers by, made on first need: no traffic between
   * containers, own subnet.
   */
  RouteNetwork routeNetwork();

  /** Joins a network that exists. */
  void connect(String network, String id, List<String> aliases);

  boolean networkExists(String network);

  /**
   * Follows container events until the handle is closed; reconnects by itself and tells so, since
   * events may have been missed.
   */
  AutoCloseable events(Consumer<Event> listener);

  /** Loads images from a {@code docker save} archive. */
  void load(InputStream archive, Consumer<String> progress);

  /**
   * What happened to a container, or that the connection is new ({@code action} is {@code
   * connected} and the rest empty).
   */
  record Event(String action, String containerId, Map<String, String> labels) {
    public Event {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * @param subnet in CIDR form
   * @param firstPinned the first address that Slipway may give out; the engine's own range lies
   *     below
   * @param lastPinned the last one
   */
  record RouteNetwork(String name, String subnet, String firstPinned, String lastPinned) {}
}
