package dev.slipway.core.call;

import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.output.Delivery;
import dev.slipway.core.output.DeliveryLimits;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;

/**
 * Gives operations that others wait for a call whose output cannot stop them: see {@link Delivery}.
 * Programs of such a call are children of the daemon with pipes, never of a launcher that somebody
 * may suspend. Safe for use by many threads.
 */
public final class Deliveries {
  private final PipedPrograms programs;
  private final Set<Delivery> open = ConcurrentHashMap.newKeySet();
  private volatile boolean hurried;

  public Deliveries(PipedPrograms programs) {
    this.programs = programs;
  }

  /**
   * Does work that prints text, and returns when its caller has the text, or is gone. The work's
   * input is empty.
   *
   * @param notice what the caller reads where so many bytes of text had to be left out
   */
  public void text(Call call, LongFunction<String> notice, Consumer<Call> work) {
    Streams streams = call.streams();
    Delivery delivery = new Delivery(streams.out(), streams.err(), DeliveryLimits.TEXT, notice);
    try (Open _ = new Open(delivery)) {
      work.accept(piped(call, delivery.out(), delivery.err()));
    }
  }

  /** As above, where no log has what was left out. */
  public void text(Call call, Consumer<Call> work) {
    text(call, bytes -> leftOut(bytes) + "nobody was reading it", work);
  }

  /** How a notice begins. */
  public static String leftOut(long bytes) {
    return " !     " + bytes + " bytes of output are left out here: ";
  }

  /**
   * Does work whose output has to arrive complete, with the call's own input. Its standard output
   * tells how far the caller is {@link dev.slipway.core.output.Backlogged#behind}.
   */
  public int whole(Call call, ToIntFunction<Call> work) {
    Streams streams = call.streams();
    Delivery delivery =
        new Delivery(streams.out(), streams.err(), DeliveryLimits.WHOLE, bytes -> "");
    try (Open _ = new Open(delivery)) {
      return work.applyAsInt(call.piped(streams.in(), delivery.out(), delivery.err(), programs));
    }
  }

  /** The same call with its programs as children of the daemon, and other streams. */
  public Call piped(Call call, OutputStream out, OutputStream err) {
    return call.piped(InputStream.nullInputStream(), out, err, programs);
  }

  /** From now on nobody waits for long for a caller who does not read: the daemon is ending. */
  public void hurry() {
    hurried = true;
    open.forEach(Delivery::hurry);
  }

  private final class Open implements AutoCloseable {
    private final Delivery delivery;

    Open(Delivery delivery) {
      this.delivery = delivery;
      open.add(delivery);
      if (hurried) {
        delivery.hurry();
      }
    }

    @Override
    public void close() {
      try {
        delivery.close();
      } finally {
        open.remove(delivery);
      }
    }
  }
}
