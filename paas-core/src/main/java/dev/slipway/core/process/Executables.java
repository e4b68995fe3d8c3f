package dev.slipway.core.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finding programs of the host by name, as a shell does. */
public final class Executables {
  private Executables() {}

  /**
   * All programs of that name, in the order of the path; a name with a slash stands for itself.
   *
   * @param path folders with colons between them
   */
  public static List<Path> all(String name, String path) {
    if (name.contains("/")) {
      Path file = Path.of(name);
      return Files.isExecutable(file) ? List.of(file.toAbsolutePath()) : List.of();
    }
    List<Path> found = new ArrayList<>();
    for (String folder : path.split(":")) {
      Path file = Path.of(folder).resolve(name);
      if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
        found.add(file.toAbsolutePath());
      }
    }
    return found;
  }
}
