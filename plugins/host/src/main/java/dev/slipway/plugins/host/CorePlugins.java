package dev.slipway.plugins.host;

import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;

/**
 * The folders of core plugins that third-party plugins look for, in a tree like this:
 *
 * <pre>
 * LIB/VERSION
 * LIB/core-plugins/config.toml
 * LIB/core-plugins/available/apps/plugin.toml
 * LIB/core-plugins/enabled/apps   -> LIB/core-plugins/available/apps
 * LIB/plugins/config.toml
 * LIB/plugins/available/apps      -> LIB/core-plugins/available/apps
 * LIB/plugins/enabled/apps        -> LIB/plugins/available/apps
 * </pre>
 *
 * What is there already stays as it is: on a host that was taken over it belongs to the reference.
 * Spec: 05 section 1.1.
 */
final class CorePlugins {
  static final String VERSION = "0.38.27";

  static final List<String> NAMES =
      List.of(
          ("00_dokku-standard 20_events app-json apps builder builder-dockerfile builder-herokuish"
                  + " builder-lambda builder-nixpacks builder-null builder-pack builder-railpack"
                  + " buildpacks builds caddy-vhosts certs checks common config cron docker-options"
                  + " domains enter git haproxy-vhosts logs network nginx-vhosts openresty-vhosts"
                  + " plugin ports proxy ps registry repo resource run scheduler"
                  + " scheduler-docker-local scheduler-null shell ssh-keys storage trace"
                  + " traefik-vhosts")
              .split(" "));

  private final Roots roots;
  private final DurableFiles files;

  CorePlugins(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /** Makes what is missing. May be run any number of times. */
  void write() {
    Path available = folder(roots.corePlugins().resolve("available"));
    Path enabled = folder(roots.corePlugins().resolve("enabled"));
    Path shownAvailable = folder(roots.plugins().resolve("available"));
    Path shownEnabled = folder(roots.plugins().resolve("enabled"));
    file(roots.corePlugins().resolve("config.toml"), "");
    file(roots.plugins().resolve("config.toml"), "");
    file(roots.libRoot().resolve("VERSION"), VERSION + "\n");
    for (String name : NAMES) {
      file(folder(available.resolve(name)).resolve("plugin.toml"), description(name));
      link(enabled.resolve(name), available.resolve(name));
      link(shownAvailable.resolve(name), available.resolve(name));
      link(shownEnabled.resolve(name), shownAvailable.resolve(name));
    }
  }

  private static String description(String name) {
    return """
        [plugin]
        description = "core plugin %s"
        version = "%s"
        [plugin.config]
        """
        .formatted(name, VERSION);
  }

  private Path folder(Path folder) {
    files.createDirectories(folder);
    return folder;
  }

  private void file(Path file, String content) {
    if (!Files.exists(file)) {
      files.write(file, content, DurableFiles.READABLE);
    }
  }

  private void link(Path link, Path target) {
    try {
      if (Files.isSymbolicLink(link) && !Files.exists(link)) {
        Files.delete(link);
      }
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link, target);
        own(link);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("linking " + link, e);
    }
  }

  private void own(Path link) throws IOException {
    if ("root".equals(System.getProperty("user.name"))) {
      UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
      PosixFileAttributeView view =
          Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      view.setOwner(users.lookupPrincipalByName(roots.systemUser()));
      view.setGroup(users.lookupPrincipalByGroupName(roots.systemGroup()));
    }
  }
}
