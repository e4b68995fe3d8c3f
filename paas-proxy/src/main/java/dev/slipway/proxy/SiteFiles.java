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
 * The files {@code ROOT/APP/nginx.conf}. Builds of one app may overlap: who asked for its facts
 * later writes last, whatever the order in which they get here, and what is taken back is always
 * the last text that was accepted. Safe for use by many threads.
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
   * @param accepted what to go back to; absent for no file
   */
  private record Pending(long ticket, Optional<String> accepted) {}

  Path file(AppName app) {
    return roots.app(app).resolve("nginx.conf");
  }

  /** To be taken before a build asks for its first fact. */
  long ticket() {
    return tickets.incrementAndGet();
  }

  /** Writes the file, or removes it, unless a later build has written already. */
  synchronized void put(AppName app, long ticket, Optional<String> text) {
    Pending before = pending.get(app);
    if (before != null && before.ticket() > ticket) {
      return;
    }
    Optional<String> accepted = before == null ? files.read(file(app)) : before.accepted();
    pending.put(app, new Pending(ticket, accepted));
    set(app, text);
  }

  /** The text is in force now. */
  synchronized void accepted(AppName app, long ticket) {
    newest(app, ticket).ifPresent(settled -> pending.remove(app));
  }

  /** Goes back to the accepted text, unless a later build has written. */
  synchronized void takeBack(AppName app, long ticket) {
    newest(app, ticket)
        .ifPresent(
            refused -> {
              set(app, refused.accepted());
              pending.remove(app);
            });
  }

  private Optional<Pending> newest(AppName app, long ticket) {
    return Optional.ofNullable(pending.get(app)).filter(newest -> newest.ticket() == ticket);
  }

  private void set(AppName app, Optional<String> text) {
    text.ifPresentOrElse(
        content -> files.write(file(app), content, DurableFiles.READABLE),
        () -> files.delete(file(app)));
  }
}
