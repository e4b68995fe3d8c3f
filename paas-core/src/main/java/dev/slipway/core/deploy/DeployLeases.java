package dev.slipway.core.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.Flock;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may build an app from source: one at a time, and the next is refused, not queued. The file
 * {@code LIB/data/apps/APP/.deploy.lock} names the build and is flocked while it runs, so plugins
 * see it; the kernel drops the flock of a daemon that dies, and a file with an id that nobody holds
 * is taken over. An empty file is what {@code apps:lock} makes: it holds until {@code apps:unlock}.
 * Safe for use by many threads. Spec: 01 section 9.6, 03 section 2.5.
 */
public final class DeployLeases {
  private final Roots roots;
  private final DurableFiles files;
  private final Set<AppName> held = ConcurrentHashMap.newKeySet();

  public DeployLeases(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /** The right to build an app, until closed. */
  public interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the lease.
   *
   * @param owner what the file is to say: the build's id
   * @throws UserError in the two lines of the reference, if another build holds it or the app is
   *     locked
   */
  public Lease acquire(AppName app, String owner) {
    if (!held.add(app)) {
      throw refused(app);
    }
    boolean taken = false;
    try {
      Flock flock = flock(app, owner).orElseThrow(() -> refused(app));
      taken = true;
      return () -> release(app, owner, flock);
    } finally {
      if (!taken) {
        held.remove(app);
      }
    }
  }

  /** Removes the file of a build that a former daemon left. */
  public void forget(AppName app, String owner) {
    removeOwn(app, owner);
  }

  private Optional<Flock> flock(AppName app, String owner) {
    Path file = file(app);
    files.createDirectories(roots.data("apps", app));
    try {
      boolean existed = Files.exists(file);
      Optional<Flock> flock = Flock.tryAcquire(file);
      if (flock.isEmpty()) {
        return flock;
      }
      if (existed && Files.size(file) == 0) {
        flock.get().close();
        return Optional.empty();
      }
      Files.writeString(file, owner + "\n", UTF_8);
      return flock;
    } catch (IOException e) {
      throw new UncheckedIOException("taking " + file, e);
    }
  }

  private void release(AppName app, String owner, Flock flock) {
    try (flock) {
      removeOwn(app, owner);
    } finally {
      held.remove(app);
    }
  }

  /** Leaves a file that apps:lock emptied, or that somebody else made, meanwhile. */
  private void removeOwn(AppName app, String owner) {
    if (files.read(file(app)).filter(text -> text.strip().equals(owner)).isPresent()) {
      files.delete(file(app));
    }
  }

  private Path file(AppName app) {
    return roots.data("apps", app).resolve(".deploy.lock");
  }

  private static UserError refused(AppName app) {
    return new UserError(
        app
            + " currently has a deploy lock in place. Exiting...\n"
            + "Run 'apps:unlock' to release the existing deploy lock");
  }
}
