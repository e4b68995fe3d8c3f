package dev.slipway.core.apps;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code .deploy.lock} that {@code apps:lock} makes and that refuses pushes while it is
 * there. Spec: 01 section 9.6.
 */
public final class DeployLockFile {
  private final Roots roots;
  private final DurableFiles files;

  public DeployLockFile(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  public boolean exists(AppName app) {
    return Files.exists(path(app));
  }

  public void lock(Call call, AppName app) {
    files.write(path(app), "", DurableFiles.READABLE);
    call.out().step("Deploy lock created");
  }

  /**
   * @throws UserError if there is no lock
   */
  public void unlock(Call call, AppName app) {
    if (!exists(app)) {
      throw new UserError("Unable to remove deploy lock");
    }
    call.out().warn("A deploy may be in progress.");
    call.out().warn("Removing the app lock will not stop in progress deploys.");
    files.delete(path(app));
    call.out().step("Deploy lock removed");
  }

  /**
   * @throws UserError if there is no lock
   */
  public void requireLocked(Call call, AppName app) {
    if (!exists(app)) {
      throw new UserError("Deploy lock does not exist");
    }
    call.out().unlessQuiet().line("Deploy lock exists");
  }

  private Path path(AppName app) {
    return roots.data("apps", app).resolve(".deploy.lock");
  }
}
