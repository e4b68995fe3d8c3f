package dev.slipway.core.store;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folders of one installation. All are settings, so that many installations can live side by
 * side. Spec: 01 sections 1.2 and 8.
 *
 * @param dokkuRoot {@code DOKKU_ROOT}: repositories and files of apps
 * @param libRoot {@code DOKKU_LIB_ROOT}: properties, data, plugins
 * @param logs {@code DOKKU_LOGS_DIR}
 * @param run {@code SLIPWAY_RUN_DIR}: sockets
 * @param systemUser owner of everything written, {@code DOKKU_SYSTEM_USER}
 * @param systemGroup {@code DOKKU_SYSTEM_GROUP}
 */
public record Roots(
    Path dokkuRoot, Path libRoot, Path logs, Path run, String systemUser, String systemGroup) {

  /**
   * Reads the settings from an environment; the library root comes from {@code DOKKU_LIB_PATH}, as
   * in the reference.
   */
  public static Roots from(Map<String, String> environment) {
    String user = environment.getOrDefault("DOKKU_SYSTEM_USER", "dokku");
    return new Roots(
        path(environment, "DOKKU_ROOT", "/home/dokku"),
        path(environment, "DOKKU_LIB_PATH", "/var/lib/dokku"),
        path(environment, "DOKKU_LOGS_DIR", "/var/log/dokku"),
        path(environment, "SLIPWAY_RUN_DIR", "/run/slipway"),
        user,
        environment.getOrDefault("DOKKU_SYSTEM_GROUP", user));
  }

  private static Path path(Map<String, String> environment, String name, String fallback) {
    return Path.of(environment.getOrDefault(name, fallback)).toAbsolutePath().normalize();
  }

  /** The folder of an app, which is its bare repository too. */
  public Path app(AppName app) {
    return dokkuRoot.resolve(app.value());
  }

  /** {@code LIB/config/PLUGIN/APP}. */
  public Path config(String plugin, Scope scope) {
    return libRoot.resolve("config").resolve(plugin).resolve(scope.directory());
  }

  /** {@code LIB/data/PLUGIN}. */
  public Path data(String plugin) {
    return libRoot.resolve("data").resolve(plugin);
  }

  /** {@code LIB/data/PLUGIN/APP}. */
  public Path data(String plugin, AppName app) {
    return data(plugin).resolve(app.value());
  }

  /** What the reference has no file for: the journal, releases, the installation's id. */
  public Path slipway() {
    return data("slipway");
  }

  public Path plugins() {
    return libRoot.resolve("plugins");
  }

  public Path corePlugins() {
    return libRoot.resolve("core-plugins");
  }

  /** The socket of the local door. */
  public Path socket() {
    return run.resolve("slipway.sock");
  }
}
