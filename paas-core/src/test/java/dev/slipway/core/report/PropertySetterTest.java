package dev.slipway.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.TestRoots;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of spec 01 section 6. */
final class PropertySetterTest {
  private static final Scope BLOG = Scope.of(new AppName("blog"));

  @TempDir Path folder;
  private final RecordedCall call = RecordedCall.plain();
  private PropertyStore store;
  private PropertySetter setter;

  @BeforeEach
  void prepare() {
    Roots roots = TestRoots.below(folder);
    store = new PropertyStore(roots, new DurableFiles(roots));
    setter = new PropertySetter(store, new FixedApps("blog"));
  }

  private static PropertySet set(PropertyFamily family) {
    return new PropertySet(
        "x",
        family,
        List.of(
            Property.everywhere("size", "1"),
            Property.perApp("colour", "").checked(PropertySetterTest::colour),
            Property.globalOnly("budget", "")));
  }

  private static String colour(String typed) {
    if (typed.equals("none")) {
      throw new UserError("not a colour");
    }
    return typed.toLowerCase(Locale.ROOT);
  }

  private void run(PropertyFamily family, String... words) {
    setter.run(call.call(), set(family), List.of(words));
  }

  private void refused(PropertyFamily family, String message, int exitCode, String... words) {
    assertThatThrownBy(() -> run(family, words))
        .as("%s %s", family, List.of(words))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.text()).isEqualTo(message);
              assertThat(e.exitCode()).isEqualTo(exitCode);
            });
    assertThat(call.out()).isEmpty();
  }

  @Test
  void setsAndUnsetsInEveryFamily() {
    for (PropertyFamily family : PropertyFamily.values()) {
      run(family, "blog", "size", "5", "ignored");
      assertThat(store.get("x", BLOG, "size")).contains("5");
      run(family, "--global", "size", "6");
      assertThat(store.get("x", Scope.GLOBAL, "size")).contains("6");
      run(family, "blog", "size");
      run(family, "--global", "size", "");
      assertThat(store.get("x", BLOG, "size")).isEmpty();
      assertThat(store.get("x", Scope.GLOBAL, "size")).isEmpty();
    }
    assertThat(call.out())
        .isEqualTo(
            ("=====> Setting size to 5\n=====> Setting size to 6\n"
                    + "=====> Unsetting size\n=====> Unsetting size\n")
                .repeat(3));
  }

  @Test
  void saysNothingWhenQuiet() {
    RecordedCall quiet = RecordedCall.quiet();

    setter.run(quiet.call(), set(PropertyFamily.COMPILED), List.of("blog", "size", "5"));

    assertThat(quiet.out()).isEmpty();
    assertThat(store.get("x", BLOG, "size")).contains("5");
  }

  @Test
  void storesWhatTheCheckMakesOfItAndNothingThatItRefuses() {
    run(PropertyFamily.COMPILED, "blog", "colour", "Red");
    assertThat(store.get("x", BLOG, "colour")).contains("red");
    assertThat(call.out()).isEqualTo("=====> Setting colour to Red\n");

    assertThatThrownBy(() -> run(PropertyFamily.COMPILED, "blog", "colour", "none"))
        .hasMessage("not a colour");
    assertThat(store.get("x", BLOG, "colour")).contains("red");
  }

  @Test
  void refusesInTheWordsOfTheCompiledFamily() {
    PropertyFamily a = PropertyFamily.COMPILED;
    String invalid = "Invalid property specified, valid properties include: budget, colour, size";
    refused(a, "Please specify an app to run the command on", 1);
    refused(a, "App nope does not exist", 20, "nope", "size", "1");
    refused(a, "App nope does not exist", 20, "nope");
    refused(a, "No property specified", 1, "blog");
    refused(a, invalid, 1, "blog", "nope", "1");
    refused(a, "Property cannot be specified globally", 1, "--global");
    refused(a, "Property cannot be specified globally", 1, "--global", "nope", "1");
    refused(a, "Property cannot be specified globally", 1, "--global", "colour", "red");
    refused(a, "Property can only be specified globally", 1, "nope", "budget", "1");
  }

  @Test
  void refusesInTheWordsOfTheShellFamilyThatChecksTheAppFirst() {
    PropertyFamily b = PropertyFamily.SHELL_APP_FIRST;
    String invalid = "Invalid key specified, valid keys include: size, colour, budget";
    refused(b, "App  does not exist", 20);
    refused(b, "App No does not exist", 20, "No", "size", "1");
    refused(b, "App nope does not exist", 20, "nope", "nope", "1");
    refused(b, "No key specified", 1, "blog");
    refused(b, "No key specified", 1, "--global");
    refused(b, invalid, 1, "blog", "nope", "1");
    refused(b, "App size does not exist", 20, "size", "--global", "1");
  }

  @Test
  void refusesInTheWordsOfTheShellFamilyThatChecksTheKeyFirst() {
    PropertyFamily b = PropertyFamily.SHELL_KEY_FIRST;
    String invalid = "Invalid key specified, valid keys include: size, colour, budget";
    refused(b, "No key specified", 1);
    refused(b, "No key specified", 1, "nope");
    refused(b, invalid, 1, "nope", "nope", "1");
    refused(b, "The key 'colour' cannot be set globally", 1, "--global", "colour", "red");
    refused(b, "The key 'budget' can only be set globally", 1, "nope", "budget", "1");
    refused(b, "App nope does not exist", 20, "nope", "colour", "red");
    refused(b, "App nope does not exist", 20, "nope", "size", "1");
  }
}
