package dev.slipway.core.triggers;

/**
 * What a core plugin does at a trigger. A thrown {@link dev.slipway.core.error.UserError} or tool
 * failure ends the chain.
 */
@FunctionalInterface
public interface Handler {
  void handle(Invocation invocation);
}
