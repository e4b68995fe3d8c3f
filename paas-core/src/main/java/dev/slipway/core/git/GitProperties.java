package dev.slipway.core.git;

import static dev.slipway.core.report.Property.Line.GLOBAL;
import static dev.slipway.core.report.Property.Line.OWN;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.store.PropertyStore;
import java.util.List;
import java.util.Optional;

/** The properties of {@code git:set}. Spec: 03 section 2.7. */
public final class GitProperties {
  static final String PLUGIN = "git";
  static final String DEPLOY_BRANCH = "deploy-branch";
  static final String REV_ENV_VAR = "rev-env-var";
  static final String SOURCE_IMAGE = "source-image";
  static final String DEFAULT_BRANCH = "master";
  static final String DEFAULT_REV_ENV_VAR = "GIT_REV";

  public static final PropertySet SET =
      new PropertySet(
          PLUGIN,
          PropertyFamily.SHELL_APP_FIRST,
          List.of(
              Property.everywhere("archive-max-files", "10000").shown(GLOBAL),
              Property.everywhere("archive-max-size", "1073741824").shown(GLOBAL),
              Property.everywhere(DEPLOY_BRANCH, DEFAULT_BRANCH).checked(BranchName::checked),
              Property.everywhere("keep-git-dir", "false"),
              Property.everywhere(REV_ENV_VAR, DEFAULT_REV_ENV_VAR).shown(),
              Property.everywhere(SOURCE_IMAGE, "").shown(OWN)));

  private final PropertyStore store;
  private final PropertyValues values;

  public GitProperties(PropertyStore store) {
    this.store = store;
    this.values = new PropertyValues(store, SET);
  }

  public String deployBranch(AppName app) {
    return values.computed(app, DEPLOY_BRANCH);
  }

  boolean hasDeployBranch(AppName app) {
    return !store.effective(PLUGIN, app, DEPLOY_BRANCH, "").isEmpty();
  }

  void storeDeployBranch(AppName app, String branch) {
    store.set(PLUGIN, Scope.of(app), DEPLOY_BRANCH, branch);
  }

  /** The config variable that gets the revision; empty if it is not to be recorded. */
  Optional<String> revisionVariable(AppName app) {
    return Optional.of(store.get(PLUGIN, Scope.of(app), REV_ENV_VAR).orElse(DEFAULT_REV_ENV_VAR))
        .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
  }

  PropertyValues values() {
    return values;
  }

  /** Recording off: an empty value is not the same as none here. */
  void disableRevision(Scope scope) {
    store.set(PLUGIN, scope, REV_ENV_VAR, "");
  }

  void clearSourceImage(AppName app) {
    store.unset(PLUGIN, Scope.of(app), SOURCE_IMAGE);
  }

  void destroy(AppName app) {
    store.destroy(PLUGIN, app);
  }
}
