package dev.slipway.cli.gate;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.Triggers;
import java.util.List;

/**
 * What the program {@code plugn} sends for {@code plugn trigger HOOK ARGS}. It is no command: its
 * words are no flags, no {@code user-auth} is asked (such a hook may fire triggers itself), and the
 * environment stays what the caller has, byte for byte. Only for programs of this machine that have
 * reached the launcher with exact words: what was typed over SSH never has this meaning, nor what
 * somebody calls through sudo outside of a running call. Spec: 05 section 1.7.
 */
final class PlugnTrigger {
  private static final String WORD = "plugn-trigger";

  private final Triggers triggers;
  private final InvocationTrees trees;

  PlugnTrigger(Triggers triggers, InvocationTrees trees) {
    this.triggers = triggers;
    this.trees = trees;
  }

  boolean isMeant(Call raw, CommandLine line) {
    return line instanceof CommandLine.Words typed
        && !typed.words().isEmpty()
        && typed.words().getFirst().equals(WORD)
        && raw.variable("SSH_ORIGINAL_COMMAND").isEmpty()
        && (raw.identity().root() || !trees.isFromOutside(raw.environment()));
  }

  /**
   * @throws dev.slipway.core.triggers.TriggerFailed with the status of the hook that failed
   */
  int fire(Call call, List<String> words) {
    if (words.size() < 2) {
      throw new UserError("Please specify a trigger");
    }
    triggers.fire(call, new Trigger(words.get(1)), words.subList(2, words.size()).toArray());
    return 0;
  }
}
