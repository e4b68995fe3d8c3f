package dev.slipway.plugins.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plugins below {@code PLUGIN_PATH/enabled}. The listing is kept while the folder is unchanged;
 * what is inside a plugin is looked up each time. Spec: 05 section 1.1.
 */
final class PluginFolder {
  private static final String CORE = "core-plugins";

  private final Path enabled;
  private final Path available;
  private final WhileUnchanged<List<Plugin>> plugins = new WhileUnchanged<>();

  /**
   * @param name the name of the link, which decides the place in every chain
   * @param folder {@code PLUGIN_PATH/enabled/NAME}, not followed: what {@code $0} begins with
   */
  record Plugin(String name, Path folder) {
    Path file(String inside) {
      return folder.resolve(inside);
    }
  }

  PluginFolder(Path pluginPath) {
    this.enabled = pluginPath.resolve("enabled");
    this.available = pluginPath.resolve("available");
  }

  /** The enabled third-party plugins in byte order. */
  List<Plugin> thirdParty() {
    return plugins.get(List.of(FileStamp.of(enabled), FileStamp.of(available)), this::read);
  }

  Optional<Plugin> find(String name) {
    return thirdParty().stream().filter(plugin -> plugin.name().equals(name)).findFirst();
  }

  private List<Plugin> read() {
    if (!Files.isDirectory(enabled)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(enabled)) {
      List<Plugin> found = new ArrayList<>();
      for (Path entry : entries.sorted(ByteOrder.OF_PATHS).toList()) {
        String name = String.valueOf(entry.getFileName());
        if (!name.startsWith(".") && Files.isDirectory(entry) && !isCore(entry)) {
          found.add(new Plugin(name, entry));
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + enabled, e);
    }
  }

  /** Whether what the path leads to belongs to core. */
  static boolean isCore(Path path) throws IOException {
    return path.toRealPath().toString().contains(CORE);
  }
}
