package dev.slipway.sshd;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the door is set up.
 *
 * @param address where to listen; port 0 takes a free one
 * @param hostKeys the folder of the server's own keys, made where missing
 * @param systemHostKeys private keys to use instead, so that clients of the system's sshd know the
 *     server; empty for none
 * @param launcher the C launcher, as host of pseudo terminals; without it programs get pipes
 */
public record SshSettings(
    InetSocketAddress address, Path hostKeys, List<Path> systemHostKeys, Optional<Path> launcher) {
  public SshSettings {
    systemHostKeys = List.copyOf(systemHostKeys);
  }
}
