package dev.slipway.core.report;

import dev.slipway.core.model.Scope;
import java.util.List;
import java.util.function.Function;

/**
 * What a family reports: declared once, printed by {@link Reports} for the command, the JSON form
 * and the {@code report} trigger alike.
 *
 * @param type the word in the header and in front of each flag: {@code app}, {@code ssl}, {@code
 *     ps}
 * @param legacyKeys whether JSON also has the keys with their {@code TYPE-} head
 * @param capitalised whether the text form starts each key with a capital
 * @param singleFlagOnly the message for two or more info flags; empty prints nothing and succeeds,
 *     as most reports do
 * @param flags the flags of a scope; asked each time, since some depend on what exists
 */
public record Report(
    String type,
    boolean legacyKeys,
    boolean capitalised,
    String singleFlagOnly,
    Function<Scope, List<ReportedFlag>> flags) {

  public static Report of(
      String type, boolean legacyKeys, Function<Scope, List<ReportedFlag>> flags) {
    return new Report(type, legacyKeys, true, "", flags);
  }
}
