package dev.slipway.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.testing.RecordedCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  private final AtomicInteger reclaimed = new AtomicInteger();
  @TempDir Path folder;

  private DiskSpace space() {
    return new DiskSpace(new MemoryEngine(), List.of(folder), call -> reclaimed.incrementAndGet());
  }

  @Test
  void reclaimsNothingWhileThereIsEnough() {
    space().require(new RecordedCall(Map.of(DiskSpace.SETTING, "0")).call());

    assertThat(reclaimed).hasValue(0);
  }

  @Test
  void reclaimsWhatItCanBeforeItRefusesABuild() {
    RecordedCall call = new RecordedCall(Map.of(DiskSpace.SETTING, "999999999"));

    assertThatThrownBy(() -> space().require(call.call()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("Not enough disk space for a build: ");

    assertThat(reclaimed).hasValue(1);
  }
}
