package dev.slipway.core.plugin;

import dev.slipway.core.call.Call;
import java.util.List;
import java.util.OptionalInt;

/**
 * Commands of third-party plugins. The adapter is {@code plugins/host}. Spec: 05 sections 1.4 and
 * 1.5.
 */
public interface PluginCommands {
  /**
   * Runs a command that core does not have: the first matching executable below {@code
   * subcommands/}, else every {@code commands} file in turn.
   *
   * @param words the command word and what follows
   * @return the exit status; empty if no plugin handled it
   */
  OptionalInt run(Call call, List<String> words);

  /**
   * What the plugins' {@code commands help} print, unsorted lines; their direct parent process
   * carries {@code --all} on its command line exactly when {@code all} is set. The first that fails
   * ends the listing.
   */
  Help help(Call call, boolean all);

  /**
   * @param status 0, or what the plugin that ended the listing early ended with: help shows the
   *     lines and ends with this code
   */
  record Help(List<String> lines, int status) {
    public Help {
      lines = List.copyOf(lines);
    }
  }

  /** Whether any third-party plugin has a {@code commands} file. */
  boolean any();
}
