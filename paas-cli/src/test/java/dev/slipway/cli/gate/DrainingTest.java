package dev.slipway.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainingTest {
  private final Draining draining = new Draining();

  @Test
  void nothingIsWaitedForWhereNothingRuns() throws Exception {
    draining.begin(false, true).close();
    draining.begin(false, false);

    assertThat(draining.drain(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void theEndWaitsForWhatRunsAndWhatThatCalls() throws Exception {
    Draining.Running outer = draining.begin(false, true);
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(() -> drain(Duration.ofMinutes(1)));
    try {
      assertThat(draining.drain(Duration.ZERO)).isFalse();
      assertThatThrownBy(() -> draining.begin(false, true)).isInstanceOf(UserError.class);
      draining.begin(true, true).close();
      assertThat(drained).isNotDone();
    } finally {
      outer.close();
    }

    assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
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
