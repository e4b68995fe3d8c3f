package dev.slipway.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UserErrorTest {
  @Test
  void saysThatAnAppIsMissingWithItsOwnExitCode() {
    UserError error = UserError.noSuchApp("blog");

    assertThat(error.text()).isEqualTo("App blog does not exist");
    assertThat(error.exitCode()).isEqualTo(20);
    assertThat(error.prefixed()).isTrue();
  }

  @Test
  void endsACallWithoutAWord() {
    assertThat(UserError.silent(3).text()).isEmpty();
    assertThat(UserError.silent(3).exitCode()).isEqualTo(3);
  }

  @Test
  void showsSomeMessagesAsTheyAre() {
    assertThat(UserError.plain("unknown flag: --x", 2).prefixed()).isFalse();
    assertThat(new UserError("x").exitCode()).isEqualTo(1);
  }
}
