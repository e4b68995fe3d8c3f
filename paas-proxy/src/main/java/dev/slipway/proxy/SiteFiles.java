package dev.slipway.proxy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files that we write for an app, {@code ROOT/APP/nginx.conf} and {@code
 * nginx.conf.d/hsts.conf}: what one build changes comes and goes as one set. Builds of one app may
 * overlap: who asked for its facts later writes last, whatever the order in which they get here,
 * and what is taken back is always the last text that was accepted. Safe for use by many threads.
 */
final class SiteFiles {
  private final Roots roots;
  private final DurableFiles files;
  private final AtomicLong tickets = new AtomicLong();
  private final Map<AppName, Pending> pending = new HashMap<>();

  SiteFiles(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /**
   * @param ticket of the newest build that wrote
   * @param accepted what to go back to, for each file written since; absent for no file
   */
  private record Pending(long ticket, Map<Path, Optional<String>> accepted) {}

  Path file(AppName app) {
    return roots.app(app).resolve("nginx.conf");
  }

  /** To be taken before a build asks for its first fact. */
  long ticket() {
    return tickets.incrementAndGet();
  }

  /**
   * Writes files of an app, or removes those without text, unless a later build has written
   * already.
   */
  synchronized void put(AppName app, long ticket, Map<Path, Optional<String>> texts) {
    Pending before = pending.get(app);
    if (before != null && before.ticket() > ticket) {
      return;
    }
    Map<Path, Optional<String>> accepted =
        new HashMap<>(before == null ? Map.of() : before.accepted());
    texts.keySet().forEach(file -> accepted.computeIfAbsent(file, files::read));
    pending.put(app, new Pending(ticket, accepted));
    texts.forEach(this::set);
  }

  /** The files are in force now. */
  synchronized void accepted(AppName app, long ticket) {
    newest(app, ticket).ifPresent(settled -> pending.remove(app));
  }

  /** Goes back to the accepted files, unless a later build has written. */
  synchronized void takeBack(AppName app, long ticket) {
    newest(app, ticket)
        .ifPresent(
            refused -> {
              refused.accepted().forEach(this::set);
              pending.remove(app);
            });
  }

  private Optional<Pending> newest(AppName app, long ticket) {
    return Optional.ofNullable(pending.get(app)).filter(newest -> newest.ticket() == ticket);
  }

  private void set(Path file, Optional<String> text) {
    text.ifPresentOrElse(
        content -> files.write(file, content, DurableFiles.READABLE), () -> files.delete(file));
  }
}
