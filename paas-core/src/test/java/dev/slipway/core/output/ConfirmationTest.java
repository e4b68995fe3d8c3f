package dev.slipway.core.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.UserError;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ConfirmationTest {
  private static void ask(RecordedCall recorded) {
    Call call = recorded.call();
    Confirmation.ask(call.out(), call.streams().in(), "app", "blog");
  }

  @Test
  void asksInTheWordsOfTheReferenceAndTakesTheName() {
    RecordedCall call = RecordedCall.reading("blog\n");

    ask(call);

    assertThat(call.out()).isEqualTo("> ");
    assertThat(call.err())
        .isEqualTo(
            " !     WARNING: Potentially Destructive Action\n"
                + " !     This command will destroy app blog.\n"
                + " !     To proceed, type \"blog\"\n");
  }

  @Test
  void takesANameWithoutLineEndAndWithBlanksAround() {
    ask(RecordedCall.reading("blog"));
    ask(RecordedCall.reading("  blog \r\n"));
  }

  @Test
  void leavesTheRestOfTheInputAlone() throws IOException {
    RecordedCall call = RecordedCall.reading("blog\nrest");

    ask(call);

    assertThat(call.call().streams().in().readAllBytes()).asString().isEqualTo("rest");
  }

  private static void refused(String typed, String message, boolean prefixed) {
    assertThatThrownBy(() -> ask(RecordedCall.reading(typed)))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.text()).isEqualTo(message);
              assertThat(e.prefixed()).isEqualTo(prefixed);
              assertThat(e.exitCode()).isEqualTo(1);
            });
  }

  @Test
  void refusesEverythingElse() {
    refused("shop\n", "Confirmation did not match test. Aborted.", false);
    refused("BLOG\n", "Confirmation did not match test. Aborted.", false);
    refused("", "EOF", true);
    refused("\n", "unexpected newline", true);
    refused("blog blog\n", "expected newline", true);
  }
}
