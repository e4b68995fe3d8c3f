package dev.slipway.cli.catalogue;

import dev.slipway.core.call.Call;
import java.util.Optional;
import java.util.function.Function;

/**
 * A command that core has.
 *
 * @param word the whole command word, {@code apps:create}
 * @param help {@code SYNOPSIS, DESCRIPTION} as help lists it; absent for commands that are not
 *     listed
 * @param factory makes the Picocli object, new for every call: a {@link Runnable} or a {@code
 *     Callable<Integer>} whose value is the exit code
 */
public record Command(
    String word, Syntax syntax, Optional<String> help, Function<Call, Object> factory) {
  /**
   * Whether the reference answers it with a compiled program: exit code 1 when a trigger fails.
   * Reports are, in every family.
   */
  public boolean isCompiled() {
    return syntax.isCompiled() || word.endsWith(":report");
  }
}
