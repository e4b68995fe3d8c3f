package dev.slipway.cli.gate;

import dev.slipway.core.output.Output;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Runs work that goes on to its end whatever its caller does: a deploy is not stopped half-way
 * because a connection went away or somebody pressed Ctrl-C.
 */
final class Shielded {
  private Shielded() {}

  /**
   * @param cutOff whether work ends with the daemon now, which its caller has been told
   */
  static int run(Output out, BooleanSupplier cutOff, Callable<Integer> work) throws Exception {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("command")
        .start(
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) { // whatever it is, the caller has to get an answer
                result.completeExceptionally(e);
              }
            });
    return await(out, cutOff, result);
  }

  private static int await(Output out, BooleanSupplier cutOff, CompletableFuture<Integer> result)
      throws Exception {
    while (true) {
      try {
        return result.get();
      } catch (InterruptedException e) {
        if (!cutOff.getAsBoolean()) {
          out.errorLine("The command goes on at the server.");
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
