package dev.slipway.cli.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.output.Output;
import dev.slipway.core.output.TextOutput;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainingTest {
  private final Draining draining = new Draining();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Output out = new TextOutput(said, said, false);

  @Test
  void nothingIsWaitedForWhereNothingRuns() throws Exception {
    draining.begin(false, true, out).close();
    draining.begin(false, false, out);

    assertThat(draining.drain(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void theEndWaitsForWhatRunsAndWhatThatCalls() throws Exception {
    Draining.Running outer = draining.begin(false, true, out);
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(() -> drain(Duration.ofMinutes(1)));
    try {
      assertThat(draining.drain(Duration.ZERO)).isFalse();
      assertThatThrownBy(() -> draining.begin(false, true, out)).isInstanceOf(UserError.class);
      draining.begin(true, true, out).close();
      assertThat(drained).isNotDone();
    } finally {
      outer.close();
    }

    assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoRunsOnIsToldThatItIsCutOff() throws Exception {
    draining.begin(false, true, new TextOutput(said, said, false)).close();
    draining.begin(false, true, out);
    assertThat(draining.drain(Duration.ZERO)).isFalse();
    draining.cutOff(Duration.ofSeconds(10));

    assertThat(draining.isCutOff()).isTrue();
    assertThat(said.toString(UTF_8))
        .isEqualTo(
            " !     The Slipway daemon is being stopped, which cuts this off. What is half done is"
                + " undone or finished when it is back\n");
  }

  private boolean drain(Duration grace) {
    try {
      return draining.drain(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
