package dev.slipway.cli.catalogue;

import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.core.call.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All commands of core, by family. Filled once while the daemon is put together, only read after
 * that. What is not here is not listed in help and not run.
 */
public final class Catalogue {
  private static final Map<String, String> ALIASES =
      Map.of(
          "docker-local", "scheduler-docker-local",
          "dockerfile", "builder-dockerfile",
          "herokuish", "builder-herokuish",
          "lambda", "builder-lambda",
          "nixpacks", "builder-nixpacks",
          "pack", "builder-pack",
          "rails", "builder-railpack");

  private final Map<String, Family> families = new HashMap<>();
  private final Map<String, Command> commands = new HashMap<>();

  /**
   * The family of a plugin, made when first asked for: {@code name} is the word before the colon.
   */
  public Family family(String name, Layout layout, String description) {
    return families.computeIfAbsent(name, fresh -> new Family(fresh, layout, description));
  }

  /**
   * Completes the catalogue: every family gets {@code NAME:help}, and the bare name where it is not
   * a command.
   */
  public Catalogue complete() {
    for (Family family : families.values()) {
      family.commands().forEach(command -> commands.put(command.word(), command));
      if (family.name().isEmpty()) {
        addLineHelp(family);
      } else {
        addHelp(family.name() + ":help", family);
        addHelp(family.name(), family);
      }
    }
    return this;
  }

  /** The commands that belong to no plugin answer {@code WORD:help} with their own line. */
  private void addLineHelp(Family family) {
    for (Command command : family.commands()) {
      if (command.help().isPresent() && !command.word().equals("help")) {
        String word = command.word() + ":help";
        commands.putIfAbsent(
            word,
            new Command(
                word,
                Syntax.SHELL,
                Optional.empty(),
                call -> new LineHelp(command.help().get(), call)));
      }
    }
  }

  private void addHelp(String word, Family family) {
    commands.putIfAbsent(
        word,
        new Command(word, Syntax.SHELL, Optional.empty(), call -> new FamilyHelp(family, call)));
  }

  /** The command for a word, aliases translated. */
  public Optional<Command> find(String word) {
    return Optional.ofNullable(commands.get(translated(word)));
  }

  /** The word with an alias of its plugin translated. */
  public static String translated(String word) {
    int colon = word.indexOf(':');
    String plugin = colon < 0 ? word : word.substring(0, colon);
    String full = ALIASES.get(plugin);
    return full == null ? word : full + word.substring(plugin.length());
  }

  /** Shows the help of the plugin that a command belongs to. */
  public void showHelp(Command command, Call call) {
    families.values().stream()
        .filter(family -> family.commands().contains(command))
        .forEach(family -> new FamilyHelp(family, call).run());
  }

  /** Whether a command ends when its caller leaves or interrupts. */
  public boolean isAttended(Command command) {
    return families.values().stream().anyMatch(family -> family.isAttended(command.word()));
  }

  /** All command words, sorted, unlisted ones too. */
  public List<String> words() {
    return commands.keySet().stream().sorted().toList();
  }

  /** The families that have commands, by name. */
  public List<Family> families() {
    return families.values().stream()
        .filter(family -> !family.commands().isEmpty())
        .sorted(Comparator.comparing(Family::name))
        .toList();
  }

  /**
   * The lines of {@code help --all} ({@code all}) or of plain help, with four blanks in front,
   * unsorted.
   */
  public List<String> helpLines(boolean all) {
    List<String> lines = new ArrayList<>();
    for (Family family : families()) {
      if (all || family.name().isEmpty()) {
        family.helpLines().forEach(line -> lines.add("    " + line));
      } else if (!family.helpLines().isEmpty()) {
        lines.add("    " + family.name() + ", " + family.summary());
      }
    }
    return lines;
  }
}
