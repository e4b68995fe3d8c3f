package dev.slipway.plugins.host;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.plugin.PluginCommands;
import dev.slipway.plugins.host.PluginFolder.Plugin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@link PluginCommands} over the plugin folder. Words come from anybody, so a plugin is found by
 * its name among those that are enabled, never by making a path of a word. Spec: 05 section 1.4.
 */
final class FolderCommands implements PluginCommands {
  private static final int NOT_MINE = 10;

  /**
   * Words that core's table sends to another folder, so that a plugin of this name is not asked.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "events",
          "caddy",
          "haproxy",
          "nginx",
          "openresty",
          "traefik",
          "deploy",
          "cleanup",
          "url",
          "urls",
          "report");

  private final PluginFolder folder;
  private final HelpListing listing;

  FolderCommands(PluginFolder folder, PipedPrograms programs) {
    this.folder = folder;
    this.listing = new HelpListing(folder, programs);
  }

  @Override
  public OptionalInt run(Call call, List<String> words) {
    Optional<Path> subcommand = subcommand(words.getFirst());
    return subcommand.isPresent()
        ? OptionalInt.of(start(call, subcommand.get(), words))
        : askAll(call, words);
  }

  private Optional<Path> subcommand(String word) {
    if (word.contains("/") || word.isEmpty()) {
      return Optional.empty();
    }
    int colon = word.indexOf(':');
    String prefix = colon < 0 ? word : word.substring(0, colon);
    if (TAKEN.contains(prefix)) {
      return Optional.empty();
    }
    Stream<Path> bare = inside(word, "default");
    Stream<Path> doubled = inside(word, word);
    Stream<Path> rest = colon < 0 ? Stream.of() : inside(prefix, word.substring(colon + 1));
    return Stream.of(bare, doubled, rest).flatMap(each -> each).filter(Executable::is).findFirst();
  }

  private Stream<Path> inside(String plugin, String name) {
    if (name.isEmpty() || name.startsWith(".")) {
      return Stream.of();
    }
    return folder.find(plugin).stream().map(each -> each.file("subcommands").resolve(name));
  }

  private OptionalInt askAll(Call call, List<String> words) {
    OptionalInt handled = OptionalInt.empty();
    for (Plugin plugin : folder.thirdParty()) {
      Path commands = plugin.file("commands");
      int status = Executable.is(commands) ? start(call, commands, words) : NOT_MINE;
      if (status != 0 && status != NOT_MINE) {
        return OptionalInt.of(status);
      }
      handled = status == 0 ? OptionalInt.of(0) : handled;
    }
    return handled;
  }

  private static int start(Call call, Path file, List<String> words) {
    return call.foreground().run(Executable.program(file, words, call, call.environment()));
  }

  @Override
  public Help help(Call call, boolean all) {
    return listing.of(call, all);
  }

  @Override
  public boolean any() {
    return !listing.files().isEmpty();
  }
}
