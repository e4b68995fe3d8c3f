package dev.slipway.core.cron;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "*/5 0-23/2 1,15 jan-MAR sun",
        "0 4 * * 7",
        "@daily",
        "@hourly",
        "59 23 31 12 0"
      })
  void takesWhatACrontabHolds(String schedule) {
    assertThat(Schedule.problem(schedule)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "*/0 * * * *",
        "5-1 * * * *",
        "1-2-3 * * * *",
        ", * * * *",
        "@every 5m",
        "@reboot",
        "$(id) * * * *",
        "99999999999 * * * *"
      })
  void refusesTheRest(String schedule) {
    assertThat(Schedule.problem(schedule)).isPresent();
  }
}
