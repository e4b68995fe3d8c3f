package dev.slipway.cli.resource;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.resource.Kind;
import dev.slipway.core.resource.Resources;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resource:limit} and {@code resource:reserve}. */
@Command(name = "resource", description = "Sets or shows resources of an app")
final class ResourceChange implements Runnable {
  private final Resources resources;
  private final VisibleApps apps;
  private final Kind kind;
  private final Call call;

  @Mixin private OnScope on = new OnScope();

  @Option(names = "--cpu", description = "number of cpus")
  private @Nullable String cpu;

  @Option(names = "--memory", description = "memory, in megabytes unless a unit is given")
  private @Nullable String memory;

  @Option(names = "--memory-swap", description = "memory and swap together")
  private @Nullable String memorySwap;

  @Option(names = "--network", description = "bandwidth, for schedulers that can limit it")
  private @Nullable String network;

  @Option(names = "--network-ingress", description = "the same, incoming")
  private @Nullable String networkIngress;

  @Option(names = "--network-egress", description = "the same, outgoing")
  private @Nullable String networkEgress;

  @Option(names = "--nvidia-gpu", description = "number of gpus")
  private @Nullable String nvidiaGpu;

  ResourceChange(Resources resources, VisibleApps apps, Kind kind, Call call) {
    this.resources = resources;
    this.apps = apps;
    this.kind = kind;
    this.call = call;
  }

  @Override
  public void run() {
    resources.change(call, on.scope(call, apps), kind, on.process(), values());
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    put(values, "cpu", cpu);
    put(values, "memory", memory);
    put(values, "memory-swap", memorySwap);
    put(values, "network", network);
    put(values, "network-ingress", networkIngress);
    put(values, "network-egress", networkEgress);
    put(values, "nvidia-gpu", nvidiaGpu);
    return values;
  }

  private static void put(Map<String, String> values, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      values.put(key, value);
    }
  }
}
