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
