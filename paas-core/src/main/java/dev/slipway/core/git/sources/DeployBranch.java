package dev.slipway.core.git.sources;

import dev.slipway.core.git.GitProperties;
import dev.slipway.core.model.AppName;
import java.util.Optional;

/** The branch that a sync is for; closing takes a change of it back unless it is to stay. */
final class DeployBranch implements AutoCloseable {
  private final String name;
  private Optional<Runnable> undo;

  private DeployBranch(String name, Optional<Runnable> undo) {
    this.name = name;
    this.undo = undo;
  }

  static DeployBranch kept(String name) {
    return new DeployBranch(name, Optional.empty());
  }

  static DeployBranch changed(GitProperties properties, AppName app, String name) {
    String former = properties.ownDeployBranch(app);
    properties.storeDeployBranch(app, name);
    return new DeployBranch(name, Optional.of(() -> properties.storeDeployBranch(app, former)));
  }

  String name() {
    return name;
  }

  void stays() {
    undo = Optional.empty();
  }

  @Override
  public void close() {
    undo.ifPresent(Runnable::run);
  }
}
