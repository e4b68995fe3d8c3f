package dev.slipway.cli.plugin;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.plugins.host.PluginListing;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plugin:list", description = "Print active plugins")
final class PluginList implements Runnable {
  private final PluginListing listing;
  private final Call call;

  @Option(names = "--format", paramLabel = "FORMAT", description = "stdout or json")
  private String format = "stdout";

  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored = new ArrayList<>();

  PluginList(PluginListing listing, Call call) {
    this.listing = listing;
    this.call = call;
  }

  @Override
  public void run() {
    switch (format) {
      case "stdout" -> listing.lines().forEach(call.out()::line);
      case "json" -> call.out().line(listing.json());
      default ->
          throw new UserError("Invalid output format specified, supported formats: json, stdout");
    }
  }
}
