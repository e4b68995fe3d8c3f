package dev.slipway.core.output;

import java.time.Duration;

/**
 * How far a caller may be behind.
 *
 * @param capacity bytes that wait for the caller at most
 * @param patience how long the operation waits for one who has taken nothing
 * @param patienceInAll how long it waits for the same caller altogether, however slowly he reads
 */
public record DeliveryLimits(int capacity, Duration patience, Duration patienceInAll) {
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  /** For text: what does not fit is left out. */
  public static final DeliveryLimits TEXT =
      new DeliveryLimits(1 << 20, Duration.ofSeconds(5), Duration.ofMinutes(1));

  /** For bytes that have to arrive complete: nothing is left out. More than all text may be. */
  public static final DeliveryLimits WHOLE = new DeliveryLimits(1 << 22, FOR_EVER, FOR_EVER);
}
