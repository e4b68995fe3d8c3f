package dev.slipway.cli.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.proxy.Proxies;
import dev.slipway.core.report.PropertySetter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "proxy:set", description = "Set proxy type for app")
final class ProxySet implements Runnable {
  private final Proxies proxies;
  private final PropertySetter setter;
  private final Call call;

  @Option(names = "--global", description = "change the value of the installation")
  private boolean global;

  @Parameters(arity = "0..*", paramLabel = "APP PROPERTY VALUE")
  private List<String> words = new ArrayList<>();

  ProxySet(Proxies proxies, PropertySetter setter, Call call) {
    this.proxies = proxies;
    this.setter = setter;
    this.call = call;
  }

  @Override
  public void run() {
    List<String> all = new ArrayList<>(words);
    if (global) {
      all.addFirst("--global");
    }
    setter.run(call, proxies.properties(), proxies.writtenOut(call, all));
  }
}
