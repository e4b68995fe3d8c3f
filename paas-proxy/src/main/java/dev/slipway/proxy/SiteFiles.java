package dev.slipway.proxy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files that we write for an app, {@code ROOT/APP/nginx.conf} and {@code
 * nginx.conf.d/hsts.conf}: what one build changes comes and goes as one set. Builds of one app may
 * overlap: who asked for its facts later writes last, whatever the order in which they get here,
 * and what is taken back is always the last text that was accepted. An app without a folder gets
 * none from here. Safe for use by many threads.
 */
final class SiteFiles {
  private final Roots roots;
  private final DurableFiles files;
  private final AtomicLong tickets = new AtomicLong();
  private final Map<AppName, Pending> pending = new HashMap<>();
  private final Map<Long, Refusal> refused = new HashMap<>();

  SiteFiles(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /**
   * @param ticket of the newest build that wrote
   * @param builds tickets of all builds that have no outcome yet
   * @param accepted what to go back to, for each file written since; absent for no file
   */
  private record Pending(long ticket, Set<Long> builds, Map<Path, Optional<String>> accepted) {}

  Path file(AppName app) {
    return roots.app(app).resolve("nginx.conf");
  }

  /** To be taken before a build asks for its first fact. */
  long ticket() {
    return tickets.incrementAndGet();
  }

  /**
   * Makes the folder that plugins and users put their parts into.
   *
   * @throws UserError if there is no such app, or no more
   */
  void makeParts(AppName app) {
    requireFolder(app);
    files.createDirectories(roots.app(app).resolve("nginx.conf.d"));
  }

  /**
   * Writes files of an app, or removes those without text, unless a later build has written
   * already.
   *
   * @throws UserError if there is something to write and no such app, or no more
   */
  synchronized void put(AppName app, long ticket, Map<Path, Optional<String>> texts) {
    if (texts.values().stream().anyMatch(Optional::isPresent)) {
      requireFolder(app);
    }
    Pending before = pending.get(app);
    if (before != null && before.ticket() > ticket) {
      before.builds().add(ticket);
      return;
    }
    Map<Path, Optional<String>> accepted =
        new HashMap<>(before == null ? Map.of() : before.accepted());
    texts.keySet().forEach(file -> accepted.computeIfAbsent(file, files::read));
    Set<Long> builds = new HashSet<>(before == null ? Set.of() : before.builds());
    builds.add(ticket);
    pending.put(app, new Pending(ticket, builds, accepted));
    try {
      texts.forEach((file, text) -> set(app, file, text));
    } catch (RuntimeException e) {
      takeBack(app, ticket);
      throw e;
    }
  }

  /** What lies there now of the files that await an outcome. */
  synchronized Map<Path, Optional<String>> present(AppName app) {
    Map<Path, Optional<String>> texts = new HashMap<>();
    Pending written = pending.get(app);
    if (written != null) {
      written.accepted().keySet().forEach(file -> texts.put(file, files.read(file)));
    }
    return texts;
  }

  /**
   * The files are in force now.
   *
   * @param loaded what nginx found of them: a later build goes back to that if it fails
   */
  synchronized void accepted(AppName app, long ticket, Map<Path, Optional<String>> loaded) {
    Pending written = pending.get(app);
    if (written == null) {
      return;
    }
    if (written.ticket() == ticket) {
      pending.remove(app);
    } else if (written.builds().remove(ticket)) {
      written.accepted().putAll(loaded);
    }
  }

  /** Goes back to the accepted files, unless a later build has written. */
  synchronized void takeBack(AppName app, long ticket) {
    refused.remove(ticket);
    Pending written = pending.get(app);
    if (written == null) {
      return;
    }
    if (written.ticket() == ticket) {
      goBack(app, written);
    } else {
      written.builds().remove(ticket);
    }
  }

  /**
   * Goes back to the accepted files though the builds that wrote others are still under way; they
   * are told by {@link #refused}.
   *
   * @return false if no build is under way
   */
  synchronized boolean refuse(AppName app, Refusal refusal) {
    Pending written = pending.get(app);
    if (written == null) {
      return false;
    }
    goBack(app, written);
    written.builds().forEach(build -> refused.put(build, refusal));
    return true;
  }

  /** Why what a build wrote has been taken back while it was under way. */
  synchronized Optional<Refusal> refused(long ticket) {
    return Optional.ofNullable(refused.get(ticket));
  }

  /** Whether files of an app await an outcome. */
  synchronized boolean isUnderWay(AppName app) {
    return pending.containsKey(app);
  }

  /** As {@link #isUnderWay(AppName)}, by the app's folder. */
  synchronized boolean isUnderWay(Path folder) {
    return pending.keySet().stream().anyMatch(app -> roots.app(app).equals(folder));
  }

  private void goBack(AppName app, Pending written) {
    written.accepted().forEach((file, text) -> set(app, file, text));
    pending.remove(app);
  }

  /** An app that has gone stays away. */
  private void set(AppName app, Path file, Optional<String> text) {
    if (hasFolder(app)) {
      text.ifPresentOrElse(
          content -> files.write(file, content, DurableFiles.READABLE), () -> files.delete(file));
    }
  }

  private void requireFolder(AppName app) {
    if (!hasFolder(app)) {
      throw UserError.noSuchApp(app.value());
    }
  }

  private boolean hasFolder(AppName app) {
    return Files.isDirectory(roots.app(app));
  }
}
