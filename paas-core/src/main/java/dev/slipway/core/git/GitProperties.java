package dev.slipway.core.git;

import static dev.slipway.core.report.Property.Line.GLOBAL;
import static dev.slipway.core.report.Property.Line.OWN;

import dev.slipway.core.error.UserError;
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

  private static final String ARCHIVE_MAX_FILES = "archive-max-files";
  private static final String ARCHIVE_MAX_SIZE = "archive-max-size";

  public static final PropertySet SET =
      new PropertySet(
          PLUGIN,
          PropertyFamily.SHELL_APP_FIRST,
          List.of(
              Property.everywhere(ARCHIVE_MAX_FILES, "10000")
                  .checked(GitProperties::number)
                  .shown(GLOBAL),
              Property.everywhere(ARCHIVE_MAX_SIZE, "1073741824")
                  .checked(GitProperties::number)
                  .shown(GLOBAL),
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

  private static String number(String typed) {
    if (!typed.matches("[0-9]{1,18}")) {
      throw new UserError("Invalid value, a whole number is expected: " + typed);
    }
    return typed;
  }

  public String deployBranch(AppName app) {
    return values.computed(app, DEPLOY_BRANCH);
  }

  boolean hasDeployBranch(AppName app) {
    return !store.effective(PLUGIN, app, DEPLOY_BRANCH, "").isEmpty();
  }

  /** What the app itself has; empty where it has none. */
  public String ownDeployBranch(AppName app) {
    return values.own(app, DEPLOY_BRANCH);
  }

  /** An empty one goes back to the inherited. */
  public void storeDeployBranch(AppName app, String branch) {
    if (branch.isEmpty()) {
      store.unset(PLUGIN, Scope.of(app), DEPLOY_BRANCH);
    } else {
      store.set(PLUGIN, Scope.of(app), DEPLOY_BRANCH, branch);
    }
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

  /** The image that the app was last deployed from; an empty one means source code. */
  public void storeSourceImage(AppName app, String image) {
    if (image.isEmpty()) {
      clearSourceImage(app);
    } else {
      store.set(PLUGIN, Scope.of(app), SOURCE_IMAGE, image);
    }
  }

  /** How many entries an archive may have. */
  public long archiveMaxFiles() {
    return limit(ARCHIVE_MAX_FILES);
  }

  /** How many bytes an archive, and what is in it, may have. */
  public long archiveMaxSize() {
    return limit(ARCHIVE_MAX_SIZE);
  }

  /** Files are written by others too. */
  private long limit(String key) {
    String set = values.computed(Scope.GLOBAL, key);
    String fallback = SET.find(key).orElseThrow().fallback();
    return Long.parseLong(set.matches("[0-9]{1,18}") ? set : fallback);
  }

  void clearSourceImage(AppName app) {
    store.unset(PLUGIN, Scope.of(app), SOURCE_IMAGE);
  }

  void destroy(AppName app) {
    store.destroy(PLUGIN, app);
  }
}
