package dev.slipway.plugins.host;

import dev.slipway.core.call.Call;
import dev.slipway.core.plugin.HostEnvironment;
import dev.slipway.core.store.Roots;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The environment of every plugin executable. Spec: 01 section 1.2, 05 section 1.9.
 *
 * <p>Three kinds of variables: those that name the daemon's own folders, users and socket are
 * always the daemon's, since a nested {@code dokku} talks to this daemon whatever the variable
 * says; constants; and defaults, where a value of the caller or of the host's files wins. Who calls
 * ({@code SSH_USER} and its kin) is the gate's to say.
 *
 * <p>What a caller sends is kept, with one exception: variables that change what a program started
 * later loads or runs ({@link StartupVariables}) do not enter by the outermost call. A nested call,
 * known by the token of one that is being run, carries its environment unchanged.
 */
final class HostVariables implements HostEnvironment {
  /** Variables that are exported in the end, whether or not a file of the host exports them. */
  static final List<String> DEFAULTED =
      List.of(
          "DOCKER_BIN",
          "DOKKU_HOST_ROOT",
          "DOKKU_IMAGE",
          "DOKKU_CNB_BUILDER",
          "DOKKU_LOGS_HOST_DIR",
          "DOKKU_EVENTS_LOGFILE",
          "DOKKU_CONTAINER_LABEL",
          "DOKKU_GLOBAL_BUILD_ARGS",
          "DOKKU_GLOBAL_RUN_ARGS",
          "DOKKU_PID");

  private static final Path USUAL_LIB = Path.of("/var/lib/dokku");
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Roots roots;
  private final EnvironmentFiles files;
  private final List<Path> pathFront;
  private final String distribution;
  private final Predicate<String> running;
  private final AtomicLong invocations = new AtomicLong(System.currentTimeMillis());

  /**
   * @param pathFront folders that {@code PATH} begins with: those of {@code dokku} and {@code
   *     plugn}
   * @param distribution {@code ID} of {@code /etc/os-release}
   * @param running whether the call with this token is being run
   */
  HostVariables(
      Roots roots,
      EnvironmentFiles files,
      List<Path> pathFront,
      String distribution,
      Predicate<String> running) {
    this.roots = roots;
    this.files = files;
    this.pathFront = List.copyOf(pathFront);
    this.distribution = distribution;
    this.running = running;
  }

  @Override
  public Map<String, String> complete(Map<String, String> raw) {
    Map<String, String> all = new HashMap<>(raw);
    all.remove("SSH_ORIGINAL_COMMAND");
    if (!running.test(all.getOrDefault(Call.TREE_VARIABLE, ""))) {
      StartupVariables.removeFrom(all);
    }
    all.put("DOCKER_BIN", "docker");
    files.changes().applyTo(all);
    ofInstallation(all);
    constants(all);
    defaults(all);
    all.put("PATH", path(all.getOrDefault("PATH", "")));
    return all;
  }

  private void ofInstallation(Map<String, String> all) {
    put(all, "DOKKU_ROOT", roots.dokkuRoot());
    put(all, "DOKKU_LIB_ROOT", roots.libRoot());
    if (!roots.libRoot().equals(USUAL_LIB)) {
      put(all, "DOKKU_LIB_PATH", roots.libRoot());
    }
    put(all, "PLUGIN_PATH", roots.plugins());
    put(all, "PLUGIN_AVAILABLE_PATH", roots.plugins().resolve("available"));
    put(all, "PLUGIN_ENABLED_PATH", roots.plugins().resolve("enabled"));
    put(all, "PLUGIN_CORE_PATH", roots.corePlugins());
    put(all, "PLUGIN_CORE_AVAILABLE_PATH", roots.corePlugins().resolve("available"));
    put(all, "PLUGIN_CORE_ENABLED_PATH", roots.corePlugins().resolve("enabled"));
    all.put("DOKKU_SYSTEM_USER", roots.systemUser());
    all.put("DOKKU_SYSTEM_GROUP", roots.systemGroup());
    put(all, "DOKKU_LOGS_DIR", roots.logs());
    put(all, "SLIPWAY_SOCKET", roots.socket());
  }

  private void constants(Map<String, String> all) {
    all.put("DOKKU_API_VERSION", "1");
    all.put("DOKKU_NOT_IMPLEMENTED_EXIT", "10");
    all.put("DOKKU_VALID_EXIT", "0");
    all.put("DOKKU_DISTRO", distribution);
  }

  private void defaults(Map<String, String> all) {
    fallback(all, "DOKKU_HOST_ROOT", roots.dokkuRoot().toString());
    fallback(all, "DOKKU_IMAGE", "gliderlabs/herokuish:latest-24");
    fallback(all, "DOKKU_CNB_BUILDER", "heroku/builder:24");
    fallback(all, "DOKKU_LOGS_HOST_DIR", roots.logs().toString());
    fallback(all, "DOKKU_EVENTS_LOGFILE", roots.logs().resolve("events.log").toString());
    fallback(all, "DOKKU_CONTAINER_LABEL", "dokku");
    String labels =
        "--label=org.label-schema.schema-version=1.0 --label=org.label-schema.vendor=dokku --label="
            + all.get("DOKKU_CONTAINER_LABEL");
    fallback(all, "DOKKU_GLOBAL_BUILD_ARGS", labels);
    fallback(all, "DOKKU_GLOBAL_RUN_ARGS", labels);
    fallback(all, "DOKKU_PID", String.valueOf(invocations.incrementAndGet()));
    fallback(all, "USER", roots.systemUser());
    fallback(all, "HOME", roots.dokkuRoot().toString());
    fallback(all, "SSH_USER", all.getOrDefault("USER", roots.systemUser()));
    fallback(all, "SSH_NAME", Optional.ofNullable(all.get("NAME")).orElse("default"));
  }

  /** Our folders first, once, then the rest as it was. */
  private String path(String there) {
    List<String> folders = new ArrayList<>(pathFront.stream().map(Path::toString).toList());
    for (String folder : (there.isEmpty() ? USUAL_PATH : there).split(File.pathSeparator, -1)) {
      if (!pathFront.contains(Path.of(folder))) {
        folders.add(folder);
      }
    }
    return String.join(File.pathSeparator, folders);
  }

  private static void put(Map<String, String> all, String name, Path value) {
    all.put(name, value.toString());
  }

  private static void fallback(Map<String, String> all, String name, String value) {
    if (empty(all, name)) {
      all.put(name, value);
    }
  }

  private static boolean empty(Map<String, String> all, String name) {
    return all.getOrDefault(name, "").isEmpty();
  }
}
