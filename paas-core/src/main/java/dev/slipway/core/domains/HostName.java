package dev.slipway.core.domains;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The full name of this host, as {@code hostname -f} gives it. */
final class HostName {
  private HostName() {}

  static String ofThisHost() {
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException unresolved) {
      return kernelName();
    }
  }

  private static String kernelName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("reading the host's name", e);
    }
  }
}
