package dev.slipway.cli.gate;

import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words behind a command: a head in which flags may stand and a tail that has only values. For
 * the shell families all of it is values to these rules. Spec: 01 section 1.13.
 */
final class Arguments {
  private final Syntax syntax;
  private final CommandSpec spec;
  private final List<String> head;
  private final List<String> tail;

  private Arguments(Syntax syntax, CommandSpec spec, List<String> head, List<String> tail) {
    this.syntax = syntax;
    this.spec = spec;
    this.head = head;
    this.tail = tail;
  }

  /**
   * @throws UserError if a boolean flag has a value that is none (exit code 2)
   */
  static Arguments of(Syntax syntax, CommandSpec spec, List<String> arguments) {
    if (!syntax.isCompiled()) {
      return new Arguments(syntax, spec, List.of(), arguments);
    }
    List<String> head = new ArrayList<>();
    int i = 0;
    while (i < arguments.size() && !endsFlags(syntax, arguments.get(i))) {
      String word = withTwoDashes(syntax, arguments.get(i++));
      OptionSpec option = spec.findOption(name(word));
      if (option != null && option.arity().max() == 0 && word.contains("=")) {
        addIfTrue(head, word);
      } else {
        head.add(word);
        if (option != null && option.arity().max() > 0 && !word.contains("=")) {
          i = addValue(head, arguments, i);
        }
      }
    }
    return new Arguments(syntax, spec, List.copyOf(head), arguments.subList(i, arguments.size()));
  }

  private static int addValue(List<String> head, List<String> arguments, int next) {
    if (next == arguments.size()) {
      return next;
    }
    String flag = head.removeLast();
    head.add(flag + "=" + arguments.get(next));
    return next + 1;
  }

  private static boolean endsFlags(Syntax syntax, String word) {
    return word.equals("--")
        || (syntax == Syntax.COMPILED_FLAGS_FIRST && (!word.startsWith("-") || word.equals("-")));
  }

  /** Where flags stand in front, one dash and two mean the same. */
  private static String withTwoDashes(Syntax syntax, String word) {
    boolean one = word.startsWith("-") && !word.startsWith("--") && word.length() > 2;
    return one && syntax == Syntax.COMPILED_FLAGS_FIRST ? "-" + word : word;
  }

  private static String name(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static void addIfTrue(List<String> head, String word) {
    String value = word.substring(word.indexOf('=') + 1);
    switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> head.add(name(word));
      case "0", "f", "F", "false", "FALSE", "False" -> head.remove(name(word));
      default -> throw invalid(name(word), value, "Bool");
    }
  }

  static UserError invalid(String flag, String value, String type) {
    return UserError.plain(
        "invalid argument \""
            + value
            + "\" for \""
            + flag
            + "\" flag: strconv.Parse"
            + type
            + ": parsing \""
            + value
            + "\": invalid syntax",
        2);
  }

  /** Whether {@code --help} or {@code -h} stands where a flag may, and is none of the command's. */
  boolean askForUsage() {
    return head.stream()
        .anyMatch(
            word -> (word.equals("--help") || word.equals("-h")) && spec.findOption(word) == null);
  }

  /** All words as the parser takes them. */
  List<String> forParser() {
    List<String> all = new ArrayList<>(head);
    if (syntax.isCompiled() && !tail.isEmpty() && !tail.getFirst().equals("--")) {
      all.add("--");
    }
    all.addAll(tail);
    return all;
  }

  /** The first flag that the command does not have, where flags stand in front. */
  Optional<String> undefinedFlag() {
    return syntax == Syntax.COMPILED_FLAGS_FIRST
        ? head.stream()
            .map(Arguments::name)
            .filter(name -> spec.findOption(name) == null)
            .map(name -> name.startsWith("--") ? name.substring(1) : name)
            .findFirst()
        : Optional.empty();
  }

  /** What is wrong with the words that the parser could not place; further values are fine. */
  Optional<String> unknownFlag(List<String> unmatched) {
    for (String word : unmatched) {
      if (head.contains(word) && word.startsWith("--")) {
        return Optional.of("unknown flag: " + name(word));
      }
      if (head.contains(word) && word.startsWith("-") && word.length() > 1) {
        return Optional.of("unknown shorthand flag: '" + word.charAt(1) + "' in " + word);
      }
    }
    return Optional.empty();
  }
}
