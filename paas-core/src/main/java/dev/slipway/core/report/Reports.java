package dev.slipway.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints any {@link Report} in the three forms of spec 01 section 5. */
public final class Reports {
  private static final int KEY_WIDTH = 31;
  private static final String MASK = "*******";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Which apps a caller may see, and whether one exists: what the apps family knows. */
  public interface VisibleApps {
    /** All apps that the caller may see, in order. */
    List<AppName> list(Call call);

    /**
     * @throws UserError if there is no such app, or the caller may not see it (exit code 20), or
     *     the name is malformed (1)
     */
    AppName existing(Call call, String name);
  }

  private final VisibleApps apps;

  public Reports(VisibleApps apps) {
    this.apps = apps;
  }

  /** Answers {@code PLUGIN:report WORDS}. */
  public void run(Call call, Report report, List<String> words) {
    ReportRequest request = ReportRequest.parse(words);
    if (request.global()) {
      print(call, report, Scope.GLOBAL, request);
      return;
    }
    if (request.app().isPresent()) {
      print(call, report, Scope.of(apps.existing(call, request.app().get())), request);
      return;
    }
    List<AppName> all = apps.list(call);
    if (all.isEmpty()) {
      call.out().warn("You haven't deployed any applications yet");
    }
    all.forEach(app -> print(call, report, Scope.of(app), request));
  }

  /** The text form for one app, as the {@code report} trigger shows it. */
  public void print(Call call, Report report, AppName app) {
    printText(call, report, Scope.of(app), sorted(report, Scope.of(app)));
  }

  private void print(Call call, Report report, Scope scope, ReportRequest request) {
    List<ReportedFlag> flags = sorted(report, scope);
    if (request.json()) {
      call.out().line(json(call, report, scope, flags));
    } else if (request.infoFlags().isEmpty()) {
      printText(call, report, scope, flags);
    } else {
      printOne(call, report, scope, flags, request.infoFlags());
    }
  }

  private static List<ReportedFlag> sorted(Report report, Scope scope) {
    return report.flags().apply(scope).stream()
        .sorted(Comparator.comparing(ReportedFlag::name))
        .toList();
  }

  private static void printOne(
      Call call, Report report, Scope scope, List<ReportedFlag> flags, List<String> wanted) {
    for (String flag : wanted) {
      if (flags.stream().noneMatch(each -> flag.equals("--" + each.name()))) {
        throw new UserError(
            "Invalid flag passed, valid flags: "
                + flags.stream().map(each -> "--" + each.name()).collect(Collectors.joining(", ")));
      }
    }
    if (wanted.size() > 1) {
      if (!report.singleFlagOnly().isEmpty()) {
        throw new UserError(report.singleFlagOnly());
      }
      return;
    }
    flags.stream()
        .filter(each -> wanted.getFirst().equals("--" + each.name()))
        .forEach(each -> call.out().line(each.value().of(call, scope)));
  }

  private static void printText(Call call, Report report, Scope scope, List<ReportedFlag> flags) {
    call.out().unlessQuiet().heading(scope.directory() + " " + report.type() + " information");
    int width =
        flags.stream().mapToInt(each -> each.name().length() + 2).reduce(KEY_WIDTH, Math::max);
    for (ReportedFlag flag : flags) {
      String value = flag.value().of(call, scope);
      String shown = flag.mask() && !value.isEmpty() ? MASK : value;
      call.out().detail(padded(label(flag.name(), report.capitalised()), width) + shown);
    }
  }

  private static String label(String name, boolean capitalised) {
    String words = name.replace('-', ' ').replace('.', ' ') + ":";
    return capitalised
        ? words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)
        : words;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String json(Call call, Report report, Scope scope, List<ReportedFlag> flags) {
    Map<String, Object> values = new TreeMap<>();
    String head = report.type() + "-";
    for (ReportedFlag flag : flags) {
      String value = flag.value().of(call, scope);
      boolean headed = flag.name().startsWith(head);
      values.put(headed ? flag.name().substring(head.length()) : flag.name(), value);
      if (report.legacyKeys()) {
        values.put(headed ? flag.name() : head + flag.name(), value);
      }
      flag.items()
          .ifPresent(
              items ->
                  values.put(
                      (headed ? flag.name().substring(head.length()) : flag.name()) + "-list",
                      items.apply(scope)));
    }
    try {
      return escaped(JSON.writeValueAsString(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings always make JSON", e);
    }
  }

  private static String escaped(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
