package dev.slipway.cli.standard;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code PLUGIN:set} of the families whose flags are parsed ({@link
 * dev.slipway.cli.catalogue.Syntax#COMPILED}).
 */
@Command(name = "set", description = "Set or clear a property")
public final class SetCommand implements Runnable {
  private final Consumer<List<String>> action;

  @Option(names = "--global", description = "change the value of the installation")
  private boolean global;

  @Parameters(arity = "0..*", paramLabel = "APP PROPERTY VALUE")
  private List<String> words = new ArrayList<>();

  public SetCommand(PropertySetter setter, PropertySet set, Call call) {
    this(words -> setter.run(call, set, words));
  }

  /**
   * @param action gets {@code --global} as the first word where it was given, then the others
   */
  public SetCommand(Consumer<List<String>> action) {
    this.action = action;
  }

  @Override
  public void run() {
    List<String> all = new ArrayList<>(words);
    if (global) {
      all.addFirst("--global");
    }
    action.accept(all);
  }
}
