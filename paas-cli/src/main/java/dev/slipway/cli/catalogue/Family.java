package dev.slipway.cli.catalogue;

import dev.slipway.core.call.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The commands of one plugin and how its help looks. Made by {@link Catalogue#family}. */
public final class Family {
  /** How {@code PLUGIN:help} lays out its table. Spec: 01 section 2.2. */
  public enum Layout {
    /** In the order given, two blanks before the description. */
    COMPILED,
    /** Sorted, three blanks. */
    SHELL
  }

  private final String name;
  private final Layout layout;
  private final String description;
  private String summary;
  private final List<Command> commands = new ArrayList<>();
  private final Set<String> attended = new HashSet<>();

  Family(String name, Layout layout, String description) {
    this.name = name;
    this.layout = layout;
    this.description = description;
    this.summary = description;
  }

  /** Adds a command that help lists as {@code help}, {@code SYNOPSIS, DESCRIPTION}. */
  public Family add(String word, Syntax syntax, String help, Function<Call, Object> factory) {
    commands.add(new Command(word, syntax, Optional.of(help), factory));
    return this;
  }

  /** Adds a command that help does not list. */
  public Family unlisted(String word, Syntax syntax, Function<Call, Object> factory) {
    commands.add(new Command(word, syntax, Optional.empty(), factory));
    return this;
  }

  /**
   * Marks commands that serve nobody but the caller ({@code logs -t}, {@code run}): they end when
   * the caller leaves or interrupts. All others go on to their end.
   */
  public Family attended(String... words) {
    attended.addAll(List.of(words));
    return this;
  }

  boolean isAttended(String word) {
    return attended.contains(word);
  }

  /** Sets what {@code dokku help} says of this plugin, where that differs from its own help. */
  public Family summary(String text) {
    summary = text;
    return this;
  }

  String name() {
    return name;
  }

  Layout layout() {
    return layout;
  }

  String description() {
    return description;
  }

  String summary() {
    return summary;
  }

  List<Command> commands() {
    return commands;
  }

  List<String> helpLines() {
    List<String> lines =
        new ArrayList<>(commands.stream().flatMap(each -> each.help().stream()).toList());
    if (layout == Layout.SHELL) {
      lines.sort(null);
    }
    return lines;
  }
}
