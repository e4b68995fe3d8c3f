package dev.slipway.cli;

import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the daemon is told by its environment. Defaults are those of a system installation.
 *
 * @param environment the daemon's own environment
 * @param launcher the program {@code dokku}, {@code SLIPWAY_LAUNCHER}
 * @param sshAddress the address that the SSH door listens on, {@code SLIPWAY_SSH_ADDRESS}; empty
 *     for all
 * @param sshPort {@code SLIPWAY_SSH_PORT}; 0 takes any free one
 * @param stopGrace how long commands that run may take to end when the daemon is told to end,
 *     {@code SLIPWAY_STOP_GRACE} in seconds. The usual is less than the time that systemd gives.
 */
public record DaemonSettings(
    Map<String, String> environment,
    Roots roots,
    Path launcher,
    String sshAddress,
    int sshPort,
    Duration stopGrace) {
  private static final int DEFAULT_SSH_PORT = 2222;

  public DaemonSettings {
    environment = Map.copyOf(environment);
  }

  /**
   * @throws IllegalArgumentException if a setting is not what it should be
   */
  public static DaemonSettings from(Map<String, String> environment) {
    String home = System.getProperty("slipway.home", "/usr/lib/slipway");
    return new DaemonSettings(
        environment,
        Roots.from(environment),
        Path.of(environment.getOrDefault("SLIPWAY_LAUNCHER", home + "/bin/dokku")),
        environment.getOrDefault("SLIPWAY_SSH_ADDRESS", ""),
        port(environment.getOrDefault("SLIPWAY_SSH_PORT", Integer.toString(DEFAULT_SSH_PORT))),
        grace(environment.getOrDefault("SLIPWAY_STOP_GRACE", "45")));
  }

  /**
   * Private host keys to use instead of the door's own, {@code SLIPWAY_SSH_HOST_KEYS}, parted by
   * colons.
   */
  public List<Path> sshHostKeys() {
    return Arrays.stream(environment.getOrDefault("SLIPWAY_SSH_HOST_KEYS", "").split(":"))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .toList();
  }

  private static Duration grace(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "SLIPWAY_STOP_GRACE is no number of seconds from 0 to 99999: " + text);
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("SLIPWAY_SSH_PORT is outside 0 to 65535: " + text);
    }
    return port;
  }

  /**
   * Whether these are the roots of the system installation, which has the plain names for what
   * installations would share.
   */
  boolean isSystem() {
    return roots.dokkuRoot().equals(Path.of("/home/dokku"))
        && roots.libRoot().equals(Path.of("/var/lib/dokku"));
  }
}
