package dev.slipway.cli.gate;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Command;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
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

  private final Catalogue catalogue;

  CommandRunner(VisibleApps apps, Catalogue catalogue) {
    this.apps = apps;
    this.catalogue = catalogue;
  }

  /** Runs the command. @return its exit code */
  int run(Call call, Command command, List<String> arguments) throws Exception {
    Object object = command.factory().apply(call);
    CommandLine parser = parser(call, command, object);
    Arguments words = Arguments.of(command.syntax(), parser.getCommandSpec(), arguments);
    if (words.askForUsage()) {
      usage(call, command, parser);
      return 0;
    }
    parse(call, command, parser, words);
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
    parser.setAllowOptionsAsOptionParameters(true);
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

  private void parse(Call call, Command command, CommandLine parser, Arguments words) {
    words.undefinedFlag().ifPresent(flag -> refuseUndefined(call, command, flag));
    try {
      parser.parseArgs(words.forParser().toArray(String[]::new));
    } catch (MissingParameterException e) {
      usage(call, command, parser);
      throw UserError.plain("flag needs an argument: " + flagOf(e), 2);
    } catch (ParameterException e) {
      throw userError(e).orElseGet(() -> refused(call, command, parser, e));
    }
    Optional<String> unknown = words.unknownFlag(parser.getUnmatchedArguments());
    if (unknown.isPresent()) {
      usage(call, command, parser);
      throw UserError.plain(unknown.get(), 2);
    }
  }

  private void refuseUndefined(Call call, Command command, String flag) {
    call.out().errorLine("flag provided but not defined: " + flag);
    catalogue.showHelp(command, call);
    throw UserError.silent(2);
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
    if (e.getArgSpec() instanceof OptionSpec option && e.getValue() != null) {
      return Arguments.invalid(String.join(", ", option.names()), e.getValue(), "Int");
    }
    return UserError.plain(String.valueOf(e.getMessage()), 2);
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
