package dev.slipway.core.output;

/** A stream that takes more than its reader has taken. */
public interface Backlogged {
  /** How many bytes were written and are not read yet. */
  long behind();
}
