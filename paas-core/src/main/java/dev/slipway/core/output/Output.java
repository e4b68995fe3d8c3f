package dev.slipway.core.output;

/**
 * Text for the person who ran the command, written as things happen. Prefixes and streams are those
 * of the reference, since scripts read them. A client that went away is no error: what is written
 * then is dropped. Safe for use by many threads; each line goes out whole. Spec: 01 section 3.
 */
public interface Output {
  /** The result: a bare line on standard output. */
  void line(String text);

  /** Result text without a line end. */
  void text(String text);

  /** {@code "-----> "} on standard output: a step begins. */
  void step(String text);

  /** {@code "=====> "} on standard output: a heading. */
  void heading(String text);

  /** Seven blanks on standard output: what belongs to the step above. */
  void detail(String text);

  /** {@code " ! "} on standard output. */
  void exclaim(String text);

  /** {@code " ! "} on standard error: trouble that does not end the command. */
  void warn(String text);

  /** A bare line on standard error. */
  void errorLine(String text);

  /**
   * The same, silent when the caller asked for quiet ({@code --quiet}, {@code DOKKU_QUIET_OUTPUT}).
   */
  Output unlessQuiet();
}
