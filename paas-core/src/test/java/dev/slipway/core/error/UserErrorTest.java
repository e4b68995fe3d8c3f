package dev.slipway.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UserErrorTest {
  @Test
  void carriesItsMessage() {
    assertThat(new UserError("x")).hasMessage("x");
  }
}
