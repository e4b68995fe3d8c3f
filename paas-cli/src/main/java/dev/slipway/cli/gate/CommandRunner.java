package dev.slipway.cli.gate;

import dev.slipway.cli.catalogue.Command;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Parses the words of one command with a fresh Picocli parser, then runs it. Spec: 01 section 1.13.
 */
final class CommandRunner {
  private static final String NO_DELIMITER = "\0";

  private final VisibleApps apps;

  CommandRunner(VisibleApps apps) {
    this.apps = apps;
  }

  /** Runs the command. @return its exit code */
  int run(Call call, Command command, List<String> arguments) throws Exception {
    Object object = command.factory().apply(call);
    CommandLine parser = parser(call, command, object);
    if (command.syntax().isCompiled() && asksForUsage(parser, arguments)) {
      usage(call, command, parser);
      return 0;
    }
    parse(call, command, parser, arguments);
    if (object instanceof Callable<?> callable) {
      return callable.call() instanceof Integer code ? code : 0;
    }
    ((Runnable) object).run();
    return 0;
  }

  private CommandLine parser(Call call, Command command, Object object) {
    Syntax syntax = command.syntax();
    CommandLine parser = new CommandLine(object);
    parser.setExpandAtFiles(false);
    parser.setInterpolateVariables(false);
    parser.setAbbreviatedOptionsAllowed(false);
    parser.setPosixClusteredShortOptionsAllowed(false);
    parser.setOverwrittenOptionsAllowed(true);
    parser.setUnmatchedArgumentsAllowed(true);
    parser.setStopAtPositional(syntax.stopsAtPositional());
    boolean shell = !syntax.isCompiled();
    parser.setUnmatchedOptionsArePositionalParams(shell);
    if (shell) {
      parser.getCommandSpec().parser().endOfOptionsDelimiter(NO_DELIMITER);
    }
    parser.registerConverter(AppName.class, text -> existing(call, text, shell));
    return parser;
  }

  private AppName existing(Call call, String text, boolean shell) {
    if (!shell) {
      return apps.existing(call, text);
    }
    try {
      return apps.existing(call, text);
    } catch (UserError e) {
      throw UserError.noSuchApp(text);
    }
  }

  private void parse(Call call, Command command, CommandLine parser, List<String> arguments) {
    try {
      parser.parseArgs(plainBooleans(command, parser, arguments).toArray(String[]::new));
    } catch (MissingParameterException e) {
      usage(call, command, parser);
      throw UserError.plain("flag needs an argument: " + flagOf(e), 2);
    } catch (ParameterException e) {
      throw userError(e).orElseGet(() -> refused(call, command, parser, e));
    }
    if (command.syntax().isCompiled()) {
      refuseUnknownFlags(call, command, parser);
    }
  }

  private static String flagOf(MissingParameterException e) {
    return e.getMissing().stream()
        .filter(OptionSpec.class::isInstance)
        .map(spec -> ((OptionSpec) spec).longestName())
        .findFirst()
        .orElseGet(() -> e.getMissing().stream().map(ArgSpec::paramLabel).findFirst().orElse("?"));
  }

  private static Optional<UserError> userError(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError error) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  private static UserError refused(
      Call call, Command command, CommandLine parser, ParameterException e) {
    usage(call, command, parser);
    return UserError.plain(String.valueOf(e.getMessage()), 2);
  }

  private static void refuseUnknownFlags(Call call, Command command, CommandLine parser) {
    for (String word : parser.getUnmatchedArguments()) {
      if (word.startsWith("--") && word.length() > 2) {
        usage(call, command, parser);
        throw UserError.plain("unknown flag: " + word.split("=", 2)[0], 2);
      }
      if (word.startsWith("-")
          && word.length() > 1
          && !command.syntax().equals(Syntax.COMPILED_FLAGS_FIRST)) {
        usage(call, command, parser);
        throw UserError.plain("unknown shorthand flag: '" + word.charAt(1) + "' in " + word, 2);
      }
    }
  }

  /** Turns {@code --flag=true} and its kin into the bare flag, or into nothing. */
  private static List<String> plainBooleans(
      Command command, CommandLine parser, List<String> arguments) {
    if (!command.syntax().isCompiled()) {
      return arguments;
    }
    List<String> plain = new ArrayList<>();
    for (String word : arguments) {
      int equals = word.indexOf('=');
      String name = equals > 0 ? word.substring(0, equals) : word;
      OptionSpec option = equals > 0 ? parser.getCommandSpec().findOption(name) : null;
      if (option == null || option.arity().max() > 0) {
        plain.add(word);
      } else if (truth(name, word.substring(equals + 1))) {
        plain.add(name);
      }
    }
    return plain;
  }

  private static boolean truth(String flag, String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw UserError.plain(
              "invalid argument \""
                  + text
                  + "\" for \""
                  + flag
                  + "\" flag: strconv.ParseBool: parsing \""
                  + text
                  + "\": invalid syntax",
              2);
    };
  }

  private static boolean asksForUsage(CommandLine parser, List<String> arguments) {
    for (String word : arguments) {
      if (word.equals("--") || (parser.isStopAtPositional() && !word.startsWith("-"))) {
        return false;
      }
      if ((word.equals("--help") || word.equals("-h"))
          && parser.getCommandSpec().findOption(word) == null) {
        return true;
      }
    }
    return false;
  }

  private static void usage(Call call, Command command, CommandLine parser) {
    call.out().errorLine("Usage of " + command.word() + ":");
    for (OptionSpec option : parser.getCommandSpec().options()) {
      String type = option.arity().max() > 0 ? " string" : "";
      String text = String.join(" ", option.description());
      call.out().errorLine("      " + option.longestName() + type + "   " + text);
    }
  }
}
