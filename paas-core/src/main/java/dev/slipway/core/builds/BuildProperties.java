package dev.slipway.core.builds;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.Property.Line;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.store.PropertyStore;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code builds:set}: the app's value counts, else that of the installation. Spec: 03 3.4. */
public final class BuildProperties {
  static final String RETENTION = "retention";
  static final String RETAINED_RELEASES = "retained-releases";
  static final String MASK_SECRETS = "mask-secrets";
  static final int DEFAULT_RETENTION = 20;
  private static final int MOST_RELEASES = 20;

  private static final Logger log = LoggerFactory.getLogger(BuildProperties.class);
  static final PropertySet SET =
      new PropertySet(
          BuildRecords.PLUGIN,
          PropertyFamily.COMPILED,
          List.of(
              Property.everywhere(MASK_SECRETS, "true")
                  .checked(BuildProperties::checkedMask)
                  .shown(Line.OWN, Line.GLOBAL, Line.COMPUTED),
              Property.everywhere(RETAINED_RELEASES, "5")
                  .checked(BuildProperties::checkedReleases)
                  .shown(Line.OWN, Line.GLOBAL, Line.COMPUTED),
              Property.everywhere(RETENTION, Integer.toString(DEFAULT_RETENTION))
                  .checked(BuildProperties::checkedRetention)
                  .shown(Line.OWN, Line.GLOBAL)));

  private BuildProperties() {}

  /** {@code builds:set}, whose words for a key that there is not are its own. */
  public static void set(Call call, PropertySetter setter, List<String> words) {
    List<String> rest = words.stream().filter(word -> !word.equals("--global")).toList();
    int index = rest.size() == words.size() ? 1 : 0;
    String key = rest.size() > index ? rest.get(index) : "";
    if (!key.isEmpty() && SET.find(key).isEmpty()) {
      throw new UserError("Invalid property \"" + key + "\" (allowed: " + allowed() + ")");
    }
    setter.run(call, SET, words);
  }

  private static String allowed() {
    return String.join(", ", SET.properties().stream().map(Property::name).sorted().toList());
  }

  private static String checkedMask(String value) {
    if (!value.matches("true|false|all")) {
      throw new UserError("Invalid mask-secrets \"" + value + "\": must be true, false or all");
    }
    return value;
  }

  /** {@code false}, {@code all} for every value of some length, or {@code true}. */
  static String maskSecrets(PropertyStore properties, AppName app) {
    return properties.effective(BuildRecords.PLUGIN, app, MASK_SECRETS, "true");
  }

  /** As many releases are on record. */
  private static String checkedReleases(String value) {
    boolean fits = value.matches("[1-9][0-9]?") && Integer.parseInt(value) <= MOST_RELEASES;
    if (!fits || value.equals("1")) {
      throw new UserError(
          "Invalid retained-releases \"" + value + "\": must be a number from 2 to 20");
    }
    return value;
  }

  private static String checkedRetention(String value) {
    if (!value.matches("[+-]?[0-9]{1,9}")) {
      throw new UserError("Invalid retention \"" + value + "\": must be a positive integer");
    }
    int number = Integer.parseInt(value);
    if (number < 1) {
      throw new UserError("Invalid retention " + number + ": must be >= 1");
    }
    return Integer.toString(number);
  }

  /** The app's number, else the global one, else 20; what is no number does not count. */
  static int retention(PropertyStore properties, AppName app) {
    return retention(properties, Stream.of(Scope.of(app), Scope.GLOBAL));
  }

  private static int retention(PropertyStore properties, Stream<Scope> scopes) {
    return scopes
        .flatMap(
            scope ->
                properties.get(BuildRecords.PLUGIN, scope, RETENTION).stream()
                    .filter(text -> isRetention(scope, text)))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(DEFAULT_RETENTION);
  }

  private static boolean isRetention(Scope scope, String text) {
    boolean is = text.matches("[1-9][0-9]{0,8}");
    if (!is && !text.isEmpty()) {
      log.warn("stored retention of builds skipped scope={} value={}", scope.directory(), text);
    }
    return is;
  }
}
