package dev.slipway.core.triggers;

import dev.slipway.core.call.Call;
import java.util.List;

/**
 * The executables of third-party plugins. The adapter is {@code plugins/host}. Safe for use by many
 * threads.
 */
public interface Hooks {
  /**
   * The executables for a trigger, in byte order of the plugin name; core plugins are not among
   * them. Costs some file look-ups, no process. A file without the execute bit is named on the
   * call's standard error and left out.
   */
  List<Hook> of(Call call, Trigger trigger);

  /**
   * Runs one with the call's streams, directory and environment (terminal included, where the call
   * has one).
   *
   * @return its exit status
   */
  int run(Call call, Hook hook, List<String> arguments);

  /**
   * Whether any third-party plugin has a file for this trigger, executable or not. Says nothing on
   * the call's streams.
   */
  default boolean exist(Call call, Trigger trigger) {
    return !of(call, trigger).isEmpty();
  }

  /** No third-party plugins. */
  Hooks NONE =
      new Hooks() {
        @Override
        public List<Hook> of(Call call, Trigger trigger) {
          return List.of();
        }

        @Override
        public int run(Call call, Hook hook, List<String> arguments) {
          throw new IllegalStateException("there are no hooks");
        }
      };
}
