package dev.slipway.cli.standard;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code PLUGIN:set} of the families that take words by position ({@link
 * dev.slipway.cli.catalogue.Syntax#SHELL}).
 */
@Command(name = "set", description = "Set or clear a property")
public final class SetWordsCommand implements Runnable {
  private final PropertySetter setter;
  private final PropertySet set;
  private final Call call;

  @Parameters(arity = "0..*", paramLabel = "APP|--global KEY VALUE")
  private List<String> words = new ArrayList<>();

  public SetWordsCommand(PropertySetter setter, PropertySet set, Call call) {
    this.setter = setter;
    this.set = set;
    this.call = call;
  }

  @Override
  public void run() {
    setter.run(call, set, words);
  }
}
