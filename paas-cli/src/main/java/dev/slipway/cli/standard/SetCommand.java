package dev.slipway.cli.standard;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code PLUGIN:set} of the families whose flags are parsed ({@link
 * dev.slipway.cli.catalogue.Syntax#COMPILED}).
 */
@Command(name = "set", description = "Set or clear a property")
public final class SetCommand implements Runnable {
  private final PropertySetter setter;
  private final PropertySet set;
  private final Call call;

  @Option(names = "--global", description = "change the value of the installation")
  private boolean global;

  @Parameters(arity = "0..*", paramLabel = "APP PROPERTY VALUE")
  private List<String> words = new ArrayList<>();

  public SetCommand(PropertySetter setter, PropertySet set, Call call) {
    this.setter = setter;
    this.set = set;
    this.call = call;
  }

  @Override
  public void run() {
    List<String> all = new ArrayList<>(words);
    if (global) {
      all.addFirst("--global");
    }
    setter.run(call, set, all);
  }
}
