package dev.slipway.cli.ps;

import dev.slipway.core.call.Call;
import dev.slipway.core.ps.Retirement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ps:retire", description = "Retires replaced containers and images now")
final class PsRetire implements Runnable {
  private final Retirement retirement;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", paramLabel = "APP")
  private @Nullable String app;

  PsRetire(Retirement retirement, Call call) {
    this.retirement = retirement;
    this.call = call;
  }

  @Override
  public void run() {
    retirement.run(call, app == null ? "" : app);
  }
}
