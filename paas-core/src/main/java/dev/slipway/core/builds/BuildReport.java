package dev.slipway.core.builds;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code builds:report}: the newest record of an app, and the properties. Spec: 03 section 3.4. */
public final class BuildReport {
  private final BuildRecords records;
  private final PropertyStore properties;

  public BuildReport(BuildRecords records, PropertyStore properties) {
    this.records = records;
    this.properties = properties;
  }

  public Report report() {
    return new PropertyValues(properties, BuildProperties.SET).report(true, this::ofNewest);
  }

  private List<ReportedFlag> ofNewest(Scope scope) {
    List<ReportedFlag> flags = new ArrayList<>();
    scope.app().ifPresent(app -> addApp(flags, app));
    return flags;
  }

  private void addApp(List<ReportedFlag> flags, AppName app) {
    Optional<BuildRecord> newest = records.of(app).stream().findFirst();
    add(flags, "build-id", newest, BuildRecord::id);
    add(flags, "build-kind", newest, BuildRecord::kind);
    add(flags, "build-status", newest, records::status);
    add(flags, "build-pid", newest, record -> Long.toString(record.pid()));
    add(flags, "build-source", newest, BuildRecord::source);
    add(flags, "build-started-at", newest, record -> BuildList.time(record.startedAt()));
    add(
        flags,
        "build-finished-at",
        newest,
        record -> record.finishedAt().map(BuildList::time).orElse(""));
    add(flags, "build-exit-code", newest, BuildReport::exitCode);
    flags.add(
        ReportedFlag.of(
            "builds-computed-retention", (call, s) -> Integer.toString(records.retention(app))));
  }

  private static String exitCode(BuildRecord record) {
    return record.exitCode().isPresent() ? Integer.toString(record.exitCode().getAsInt()) : "";
  }

  private static void add(
      List<ReportedFlag> flags,
      String name,
      Optional<BuildRecord> newest,
      Function<BuildRecord, String> value) {
    flags.add(ReportedFlag.of(name, (call, s) -> newest.map(value).orElse("")));
  }
}
