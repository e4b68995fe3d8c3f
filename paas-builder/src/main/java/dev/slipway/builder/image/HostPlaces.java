package dev.slipway.builder.image;

import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which places of the host pushed code may see at build time: none that hold its secrets or steer
 * it.
 */
public final class HostPlaces {
  private static final List<Path> HOST =
      Stream.of(
              "/proc",
              "/sys",
              "/dev",
              "/etc",
              "/boot",
              "/root",
              "/run",
              "/var/run",
              "/var/lib/docker",
              "/var/lib/containerd")
          .map(Path::of)
          .toList();

  private final List<Path> closed;
  private final Path storage;

  /**
   * @param roots folders of this installation
   * @param storage the folder below one of them that apps may see
   */
  public HostPlaces(List<Path> roots, Path storage) {
    this.closed = Stream.concat(HOST.stream(), roots.stream()).toList();
    this.storage = storage;
  }

  public static HostPlaces of(Roots roots) {
    return new HostPlaces(List.of(roots.dokkuRoot(), roots.libRoot()), roots.data("storage"));
  }

  /** Whether it lies neither in a closed folder nor above one, whatever links lead there. */
  public boolean isOpen(String source) {
    try {
      Path path = Path.of(source).toAbsolutePath().normalize();
      Path real = Files.exists(path) ? path.toRealPath() : path;
      return !source.startsWith("~")
          && !source.startsWith(".")
          && Stream.of(path, real)
              .allMatch(
                  each ->
                      each.startsWith(storage)
                          || closed.stream()
                              .noneMatch(shut -> each.startsWith(shut) || shut.startsWith(each)))
          && !real.toString().endsWith(".sock");
    } catch (InvalidPathException | IOException unreadable) {
      return false;
    }
  }
}
