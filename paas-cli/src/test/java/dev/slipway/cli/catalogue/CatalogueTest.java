package dev.slipway.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.core.call.RecordedCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spec: 01 section 2. */
final class CatalogueTest {
  private static String help(Layout layout) {
    RecordedCall call = RecordedCall.plain();
    Family family =
        new Family("demo", layout, "Manage demos")
            .add("demo:set", Syntax.COMPILED, "demo:set <app>|--global <key>, Set it", c -> c)
            .unlisted("demo:secret", Syntax.COMPILED, c -> c)
            .add("demo:add", Syntax.COMPILED, "demo:add <app>, Add one, or more", c -> c);
    new FamilyHelp(family, call.call()).run();
    return call.out();
  }

  private static final String HEAD =
      "Usage: dokku demo[:COMMAND]\n\nManage demos\n\nAdditional commands:\n";

  @Test
  void helpOfACompiledPluginKeepsTheOrderAndTwoBlanks() {
    assertThat(help(Layout.COMPILED))
        .isEqualTo(
            HEAD
                + "    demo:set <app>|--global <key>  Set it\n"
                + "    demo:add <app>                 Add one  or more\n");
  }

  @Test
  void helpOfAShellPluginIsSortedWithThreeBlanks() {
    assertThat(help(Layout.SHELL))
        .isEqualTo(
            HEAD
                + "    demo:add <app>                  Add one   or more\n"
                + "    demo:set <app>|--global <key>   Set it\n");
  }

  @Test
  void columnsLoseBlankLinesAndKeepTheBlankAfterTheComma() {
    assertThat(Columns.of(List.of("    a, one", "", "   ", "    bcd, two"), false))
        .containsExactly("    a     one", "    bcd   two");
  }

  @Test
  void translatesOnlyTheWordBeforeTheColon() {
    assertThat(Catalogue.translated("docker-local:set")).isEqualTo("scheduler-docker-local:set");
    assertThat(Catalogue.translated("pack")).isEqualTo("builder-pack");
    assertThat(Catalogue.translated("packs:x")).isEqualTo("packs:x");
    assertThat(Catalogue.translated("x:pack")).isEqualTo("x:pack");
    assertThat(Catalogue.translated("railpack:x")).isEqualTo("railpack:x");
    assertThat(Catalogue.translated("")).isEmpty();
  }
}
