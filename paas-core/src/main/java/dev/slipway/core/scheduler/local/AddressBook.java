package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Engine.RouteNetwork;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives each web container an address of its own on the route network. A cursor on disk goes
 * through the whole range before it comes round, so an address is not seen again soon; one that any
 * container has, stopped ones too, is left out, since the engine does not protect those. Safe for
 * use by many threads.
 */
final class AddressBook {
  private final Engine engine;
  private final DurableFiles files;
  private final Path cursor;
  private final ReentrantLock mutex = new ReentrantLock();

  AddressBook(Engine engine, Roots roots, DurableFiles files) {
    this.engine = engine;
    this.files = files;
    this.cursor = roots.slipway().resolve("route-cursor");
  }

  /**
   * @throws ToolFailure if every address is taken
   */
  String next() {
    RouteNetwork network = engine.routeNetwork();
    Set<String> taken = taken(network);
    mutex.lock();
    try {
      long first = number(network.firstPinned());
      long last = number(network.lastPinned());
      long start = cursor(first, last);
      for (long candidate = start; candidate <= last; candidate++) {
        if (!taken.contains(text(candidate))) {
          return give(candidate);
        }
      }
      for (long candidate = first; candidate < start; candidate++) {
        if (!taken.contains(text(candidate))) {
          return give(candidate);
        }
      }
      throw new ToolFailure("All addresses of the network " + network.name() + " are taken");
    } finally {
      mutex.unlock();
    }
  }

  private String give(long address) {
    files.write(cursor, text(address) + "\n", DurableFiles.READABLE);
    return text(address);
  }

  private long cursor(long first, long last) {
    long given = files.read(cursor).map(String::strip).flatMap(AddressBook::parse).orElse(0L);
    return given < first || given >= last ? first : given + 1;
  }

  private Set<String> taken(RouteNetwork network) {
    Set<String> taken = new HashSet<>();
    engine
        .containers(List.of(LocalLabels.ROUTE_ADDRESS))
        .forEach(
            each -> {
              taken.add(each.labels().getOrDefault(LocalLabels.ROUTE_ADDRESS, ""));
              Optional.ofNullable(each.addresses().get(network.name())).ifPresent(taken::add);
            });
    return taken;
  }

  private static Optional<Long> parse(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
        ? Optional.of(number(text))
        : Optional.empty();
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number * 256 + Integer.parseInt(part);
    }
    return number;
  }

  private static String text(long number) {
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
