package dev.slipway.core.report;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.Scope;

/**
 * One line of a report.
 *
 * @param name the flag without its two dashes, {@code ps-restart-policy}
 * @param value how to find it for an app or globally
 * @param mask whether text output hides a non-empty value behind {@code *******}
 */
public record ReportedFlag(String name, Value value, boolean mask) {
  /** Finds a value; the empty text where there is none. */
  @FunctionalInterface
  public interface Value {
    String of(Call call, Scope scope);
  }

  public static ReportedFlag of(String name, Value value) {
    return new ReportedFlag(name, value, false);
  }
}
