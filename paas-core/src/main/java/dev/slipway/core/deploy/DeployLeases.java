package dev.slipway.core.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.Flock;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.AsideFiles;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
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
  private final BuildRecords records;
  private final Set<AppName> held = ConcurrentHashMap.newKeySet();

  /**
   * @param records what is known about a build that holds a lease
   */
  public DeployLeases(Roots roots, DurableFiles files, BuildRecords records) {
    this.roots = roots;
    this.files = files;
    this.records = records;
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
   *     locked; a third one names that build
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
      Optional<Flock> fresh = Files.exists(file) ? Optional.empty() : create(file, owner);
      return fresh.isPresent() ? fresh : takeOver(file, owner);
    } catch (IOException e) {
      throw new UncheckedIOException("taking " + file, e);
    }
  }

  /**
   * Makes the file with its content and flock before it gets its name, since an empty one would
   * lock the app for good.
   *
   * @return empty if somebody else made one meanwhile
   */
  private static Optional<Flock> create(Path file, String owner) throws IOException {
    Path aside = AsideFiles.beside(file);
    Optional<Flock> flock = Flock.tryAcquire(aside);
    boolean taken = false;
    try {
      Files.writeString(aside, owner + "\n", UTF_8);
      Files.createLink(file, aside);
      taken = true;
      return flock;
    } catch (FileAlreadyExistsException other) {
      return Optional.empty();
    } finally {
      if (!taken) {
        flock.ifPresent(Flock::close);
      }
      Files.deleteIfExists(aside);
    }
  }

  private static Optional<Flock> takeOver(Path file, String owner) throws IOException {
    Optional<Flock> flock = Flock.tryAcquire(file);
    boolean taken = false;
    try {
      if (flock.isPresent() && Files.size(file) > 0) {
        overwrite(file, owner + "\n");
        taken = true;
      }
      return taken ? flock : Optional.empty();
    } finally {
      if (!taken) {
        flock.ifPresent(Flock::close);
      }
    }
  }

  /** The file is empty at no time. */
  private static void overwrite(Path file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(bytes.limit());
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

  private UserError refused(AppName app) {
    return new UserError(
        app
            + " currently has a deploy lock in place. Exiting...\n"
            + "Run 'apps:unlock' to release the existing deploy lock"
            + holder(app).map(each -> "\n" + each).orElse(""));
  }

  private Optional<String> holder(AppName app) {
    return files
        .read(file(app))
        .map(String::strip)
        .flatMap(owner -> records.named(app, owner))
        .map(
            build ->
                "Build "
                    + build.id()
                    + " holds it since "
                    + build.startedAt().truncatedTo(ChronoUnit.SECONDS)
                    + ", started by "
                    + build.source());
  }
}
