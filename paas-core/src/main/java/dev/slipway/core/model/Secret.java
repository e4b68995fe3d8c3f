package dev.slipway.core.model;

/** Text that must not reach a log or a screen by accident. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
