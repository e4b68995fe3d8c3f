package dev.slipway.core.call;

import java.util.function.Consumer;

/** The caller's terminal. Safe for use by many threads. */
public interface Terminal {
  /** The size in characters; 0 where unknown. */
  record Size(int rows, int columns) {}

  Size size();

  /** The value of {@code TERM}, or {@code dumb}. */
  String type();

  /** Calls back at each change of size until the returned handle is closed. */
  Registration onResize(Consumer<Size> listener);

  /**
   * Calls back at each signal typed or sent by the caller ({@code INT}, {@code TERM}, {@code HUP},
   * {@code QUIT}) until closed.
   */
  Registration onSignal(Consumer<String> listener);

  /** Passes keys on as they are typed, without echo, until the returned handle is closed. */
  Registration raw();

  /** Undoes what made it. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
