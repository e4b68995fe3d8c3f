package dev.slipway.core.report;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of a report.
 *
 * @param name the flag without its two dashes, {@code ps-restart-policy}
 * @param value how to find it for an app or globally
 * @param mask whether text output hides a non-empty value behind {@code *******}
 * @param items the parts of a value that is a list; JSON has them as an array, {@code NAME-list}
 */
public record ReportedFlag(
    String name, Value value, boolean mask, Optional<Function<Scope, List<String>>> items) {
  /** Finds a value; the empty text where there is none. */
  @FunctionalInterface
  public interface Value {
    String of(Call call, Scope scope);
  }

  public ReportedFlag(String name, Value value, boolean mask) {
    this(name, value, mask, Optional.empty());
  }

  public static ReportedFlag of(String name, Value value) {
    return new ReportedFlag(name, value, false);
  }

  /** A list, shown as one text with blanks between. */
  public static ReportedFlag ofList(String name, Function<Scope, List<String>> items) {
    return new ReportedFlag(
        name, (call, scope) -> String.join(" ", items.apply(scope)), false, Optional.of(items));
  }
}
