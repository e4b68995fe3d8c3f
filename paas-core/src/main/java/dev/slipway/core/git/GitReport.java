package dev.slipway.core.git;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What {@code git:report} shows. Spec: 03 section 2.7. */
public final class GitReport {
  /** Only the installation has these; the app's report shows them all the same. */
  private static final List<String> GLOBAL = List.of("archive-max-files", "archive-max-size");

  private final GitProperties properties;
  private final Repositories repositories;

  GitReport(GitProperties properties, Repositories repositories) {
    this.properties = properties;
    this.repositories = repositories;
  }

  public Report report() {
    return properties.values().report(false, this::flags);
  }

  /** The scope that the first word of {@code git:set} names. */
  static Scope scope(String word) {
    return word.equals("--global") ? Scope.GLOBAL : Scope.of(AppName.parse(word));
  }

  private List<ReportedFlag> flags(Scope scope) {
    List<ReportedFlag> flags = new ArrayList<>();
    for (String key : GLOBAL) {
      flags.add(
          ReportedFlag.of(
              "git-computed-" + key, (call, s) -> properties.values().computed(Scope.GLOBAL, key)));
    }
    scope.app().ifPresent(app -> addOwn(flags, app));
    return flags;
  }

  private void addOwn(List<ReportedFlag> flags, AppName app) {
    flags.add(
        ReportedFlag.of(
            "git-rev-env-var", (call, s) -> properties.revisionVariable(app).orElse("")));
    flags.add(ReportedFlag.of("git-sha", (call, s) -> repositories.head(app).orElse("")));
    flags.add(ReportedFlag.of("git-last-updated-at", (call, s) -> updated(app)));
  }

  private String updated(AppName app) {
    String branch = properties.deployBranch(app);
    if (!BranchName.isValid(branch)) {
      return "";
    }
    try {
      return Long.toString(
          Files.getLastModifiedTime(repositories.looseRef(app, branch))
              .toInstant()
              .getEpochSecond());
    } catch (IOException none) {
      return "";
    }
  }
}
