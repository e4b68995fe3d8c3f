package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonSettingsTest {
  @Test
  void theGraceIsLessThanTheTimeThatSystemdGives() {
    assertThat(DaemonSettings.from(Map.of()).stopGrace()).isEqualTo(Duration.ofSeconds(45));
    assertThat(DaemonSettings.from(Map.of("SLIPWAY_STOP_GRACE", "0")).stopGrace()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"60s", "-1", "", "3000000000"})
  void aGraceThatIsNoNumberOfSecondsIsRefusedAtOnce(String text) {
    assertThatThrownBy(() -> DaemonSettings.from(Map.of("SLIPWAY_STOP_GRACE", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SLIPWAY_STOP_GRACE is no number of seconds from 0 to 99999: " + text);
  }
}
