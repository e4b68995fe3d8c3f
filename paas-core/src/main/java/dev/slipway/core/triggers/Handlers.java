package dev.slipway.core.triggers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which core plugin does what at which trigger. Filled once, while the daemon is put together, and
 * only read after that; a plugin may have several handlers for one trigger, which run in the order
 * of registration.
 */
public final class Handlers {
  private final Map<Trigger, SortedMap<String, List<Handler>>> byTrigger = new HashMap<>();

  /** Adds what {@code plugin} (the directory name of spec 05 section 1.1) does at a trigger. */
  public Handlers on(String plugin, Trigger trigger, Handler handler) {
    byTrigger
        .computeIfAbsent(trigger, name -> new TreeMap<>())
        .computeIfAbsent(plugin, name -> new ArrayList<>())
        .add(handler);
    return this;
  }

  /** The handlers of a trigger by plugin, in byte order of the plugin's name. */
  SortedMap<String, List<Handler>> of(Trigger trigger) {
    return byTrigger.getOrDefault(trigger, new TreeMap<>());
  }

  /** All triggers that some core plugin answers. */
  public List<Trigger> triggers() {
    return byTrigger.keySet().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }
}
