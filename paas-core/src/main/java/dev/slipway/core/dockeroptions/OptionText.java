package dev.slipway.core.dockeroptions;

import dev.slipway.core.error.UserError;
import dev.slipway.core.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed behind the phases, as the options it holds.
 *
 * @param options each re-quoted, as it is stored
 * @param processes those named by {@code --process} within the text
 */
record OptionText(List<String> options, List<String> processes) {
  private static final String PROCESS = "--process";

  OptionText {
    options = List.copyOf(options);
    processes = List.copyOf(processes);
  }

  /**
   * @throws UserError if a quote is not closed, a line end would tear an option apart, or {@code
   *     --process} is misused
   */
  static OptionText parse(List<String> words) {
    List<String> options = new ArrayList<>();
    List<String> processes = new ArrayList<>();
    for (List<String> option : options(tokens(String.join(" ", words)))) {
      Optional<String> process = process(option);
      if (process.isPresent()) {
        processes.add(process.get());
      } else {
        options.add(ShellWords.join(option));
      }
    }
    return new OptionText(options, processes);
  }

  private static List<String> tokens(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new UserError("Unable to parse docker option: line ends cannot be stored");
    }
    return ShellWords.split(text, "docker option");
  }

  private static List<List<String>> options(List<String> tokens) {
    List<List<String>> options = new ArrayList<>();
    for (String token : tokens) {
      boolean begins = token.length() > 1 && token.startsWith("-");
      if (begins || options.isEmpty()) {
        options.add(new ArrayList<>());
      }
      options.getLast().add(token);
    }
    return options;
  }

  private static Optional<String> process(List<String> option) {
    String first = option.getFirst();
    int values = option.size() - 1;
    if (first.equals(PROCESS)) {
      if (values == 0) {
        throw new UserError("--process requires a value");
      }
      if (values > 1) {
        throw new UserError("--process accepts a single value, got " + values);
      }
      return Optional.of(option.get(1));
    }
    if (first.startsWith(PROCESS + "=")) {
      if (values > 0) {
        throw new UserError("--process=value cannot be followed by additional tokens");
      }
      return Optional.of(first.substring(PROCESS.length() + 1));
    }
    return Optional.empty();
  }
}
