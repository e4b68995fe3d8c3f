package dev.slipway.core.builds;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code builds:list} and {@code builds:info}. Spec: 03 section 3.3. */
public final class BuildList {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter RFC3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssX").withZone(ZoneOffset.UTC);
  private static final List<String> KINDS = List.of("build", "deploy");
  private static final List<String> STATUSES =
      List.of(BuildRecord.RUNNING, "succeeded", "failed", BuildRecord.CANCELED, "abandoned");

  private final BuildRecords records;
  private final VisibleApps apps;

  public BuildList(BuildRecords records, VisibleApps apps) {
    this.records = records;
    this.apps = apps;
  }

  /**
   * What is asked for; empty texts stand for any.
   *
   * @param app the app as typed; without one what runs in all apps is listed
   */
  public record Request(String app, String format, String kind, String status) {}

  /**
   * @throws UserError if a filter or the format is none, or there is no such app
   */
  public void list(Call call, Request request) {
    boolean json = isJson(request.format());
    requireOneOf("kind", request.kind(), KINDS);
    requireOneOf("status", request.status(), STATUSES);
    boolean all = request.app().isEmpty();
    List<BuildRecord> found =
        (all ? running(call) : of(apps.existing(call, request.app()), request))
            .stream().filter(record -> isWanted(record, request)).toList();
    if (json) {
      ArrayNode array = JSON.createArrayNode();
      found.forEach(record -> array.add(node(record)));
      call.out().line(array.toString());
    } else if (found.isEmpty()) {
      call.out().line(all ? "No builds currently running" : "No builds recorded for this app");
    } else {
      table(found, all).forEach(call.out()::line);
    }
  }

  private static void requireOneOf(String flag, String value, List<String> allowed) {
    if (!value.isEmpty() && !allowed.contains(value)) {
      throw new UserError(
          "Invalid --"
              + flag
              + " value \""
              + value
              + "\" (allowed: "
              + String.join(", ", allowed)
              + ")");
    }
  }

  private static boolean isJson(String format) {
    if (!format.isEmpty() && !format.equals("stdout") && !format.equals("json")) {
      throw new UserError("Invalid format specified, supported formats: json, stdout");
    }
    return format.equals("json");
  }

  private boolean isWanted(BuildRecord record, Request request) {
    return (request.kind().isEmpty() || request.kind().equals(record.kind()))
        && (request.status().isEmpty() || request.status().equals(records.status(record)));
  }

  private List<BuildRecord> running(Call call) {
    return apps.list(call).stream()
        .flatMap(app -> records.of(app).stream())
        .filter(BuildRecord::isRunning)
        .sorted(Comparator.comparing(BuildRecord::id).reversed())
        .toList();
  }

  private List<BuildRecord> of(AppName app, Request request) {
    List<BuildRecord> all = records.of(app);
    List<BuildRecord> live = all.stream().filter(this::isLive).toList();
    Stream<BuildRecord> others = all.stream().filter(record -> !isLive(record));
    boolean filtered = !request.kind().isEmpty() || !request.status().isEmpty();
    return Stream.concat(live.stream(), filtered ? others : others.limit(records.retention(app)))
        .toList();
  }

  private boolean isLive(BuildRecord record) {
    return record.isRunning() && records.isAlive(record);
  }

  private List<String> table(List<BuildRecord> found, boolean all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        all
            ? List.of("App", "Build ID", "Kind", "PID", "Source", "Started")
            : List.of("Build ID", "Kind", "Status", "PID", "Source", "Started", "Duration"));
    found.forEach(record -> rows.add(all ? runningRow(record) : row(record)));
    return BuildTable.aligned(rows);
  }

  private static List<String> runningRow(BuildRecord record) {
    return List.of(
        record.app(),
        record.id(),
        record.kind(),
        Long.toString(record.pid()),
        record.source(),
        time(record.startedAt()));
  }

  private List<String> row(BuildRecord record) {
    return List.of(
        record.id(),
        record.kind(),
        records.status(record),
        Long.toString(record.pid()),
        record.source(),
        time(record.startedAt()),
        duration(record));
  }

  /** {@code builds:info}. */
  public void info(Call call, AppName app, String id, String format) {
    boolean json = isJson(format);
    if (id.isEmpty()) {
      throw new UserError("Please specify a build id");
    }
    BuildRecord record = records.require(app, id);
    if (json) {
      call.out().line(node(record).toString());
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Build ID:", record.id()));
    rows.add(List.of("App:", record.app()));
    rows.add(List.of("Kind:", record.kind()));
    rows.add(List.of("Status:", records.status(record)));
    rows.add(List.of("PID:", Long.toString(record.pid())));
    rows.add(List.of("Source:", record.source()));
    rows.add(List.of("Started:", time(record.startedAt())));
    record.finishedAt().ifPresent(time -> rows.add(List.of("Finished:", time(time))));
    rows.add(List.of("Duration:", duration(record)));
    record.exitCode().ifPresent(code -> rows.add(List.of("Exit Code:", Integer.toString(code))));
    rows.add(List.of("Log:", records.log(app, record.id()).toString()));
    BuildTable.aligned(rows).forEach(call.out()::line);
  }

  private ObjectNode node(BuildRecord record) {
    ObjectNode node = BuildJson.node(record);
    node.put("display_status", records.status(record));
    node.put("duration", duration(record));
    AppName app = AppName.parse(record.app());
    node.put("log_path", records.log(app, record.id()).toString());
    return node;
  }

  private String duration(BuildRecord record) {
    return text(record.duration(records.now()));
  }

  /** As {@code 1h0m5s}, {@code 1m14s} or {@code 3s}. */
  static String text(Duration time) {
    String seconds = time.toSecondsPart() + "s";
    if (time.toMinutes() == 0) {
      return seconds;
    }
    String minutes = time.toMinutesPart() + "m" + seconds;
    return time.toHours() == 0 ? minutes : time.toHours() + "h" + minutes;
  }

  static String time(Instant time) {
    return RFC3339.format(time);
  }
}
