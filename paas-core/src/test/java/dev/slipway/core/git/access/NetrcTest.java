package dev.slipway.core.git.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.git.access.Netrc.Login;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetrcTest {
  private static final String MIXED =
      """
      # kept
      machine one.test
        login ann
        password secret
      machine two.test login bob password machine-gun
      default login anonymous password x
      """;

  @Test
  void findsLoginsHoweverTheLinesAreBroken() {
    Netrc netrc = new Netrc(MIXED);

    assertThat(netrc.find("one.test")).contains(new Login("ann", "secret"));
    assertThat(netrc.find("two.test")).contains(new Login("bob", "machine-gun"));
    assertThat(netrc.find("three.test")).isEmpty();
    assertThat(netrc.has("default")).isFalse();
  }

  @Test
  void aChangedEntryStandsOnceAndTheOthersAsTheyWere() {
    Netrc netrc = new Netrc(MIXED).with("two.test", new Login("bob", "new"));

    assertThat(netrc.text())
        .isEqualTo(
            """
            machine two.test login bob password new
            # kept
            machine one.test
              login ann
              password secret
            default login anonymous password x
            """);
  }

  @Test
  void aRemovedEntryIsGone() {
    assertThat(new Netrc(MIXED).without("one.test").text())
        .isEqualTo(
            """
            # kept
            machine two.test login bob password machine-gun
            default login anonymous password x
            """);
    assertThat(new Netrc("").without("one.test").text()).isEmpty();
  }

  @Test
  void whatCannotStandInTheFileIsRefused() {
    for (String bad : List.of("", "a b", "a\nmachine b", "a\tb", "\"a", "a\\b", "a\u0000")) {
      assertThatThrownBy(() -> new Login("user", bad)).isInstanceOf(UserError.class);
      assertThatThrownBy(() -> new Login(bad, "password")).isInstanceOf(UserError.class);
    }
  }
}
