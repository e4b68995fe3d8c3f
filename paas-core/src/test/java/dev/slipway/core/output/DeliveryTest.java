package dev.slipway.core.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DeliveryTest {
  private static final DeliveryLimits SMALL =
      new DeliveryLimits(100, Duration.ofMillis(50), Duration.ofMillis(200));
  private static final String LINE = "0123456789012345678901234567890123456789\n";

  private final Reader reader = new Reader();
  private final Delivery delivery = new Delivery(reader, reader, SMALL, n -> n + " left out");

  /** One who takes nothing until he is told to read. */
  private static final class Reader extends OutputStream {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch reads = new CountDownLatch(1);
    private volatile boolean gone;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      asked.countDown();
      try {
        reads.await();
      } catch (InterruptedException e) {
        throw (IOException) new InterruptedIOException().initCause(e);
      }
      if (gone) {
        throw new IOException("gone");
      }
      synchronized (read) {
        read.write(from, offset, length);
      }
    }

    String text() {
      synchronized (read) {
        return read.toString(UTF_8);
      }
    }

    void awaitText(String part) {
      while (!text().contains(part)) {
        Thread.onSpinWait();
      }
    }
  }

  private void say(String text) throws IOException {
    delivery.out().write(text.getBytes(UTF_8));
  }

  @Test
  void allArrivesInOrderFromBothDirectionsBeforeItCloses() throws Exception {
    reader.reads.countDown();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      byte[] line = ("line " + i + "\n").getBytes(UTF_8);
      expected.write(line);
      (i % 3 == 0 ? delivery.err() : delivery.out()).write(line);
    }
    delivery.close();
    assertThat(reader.text()).isEqualTo(expected.toString(UTF_8));
  }

  @Test
  void whoDoesNotReadHoldsNobodyUpAndIsToldWhatIsMissingWhenHeDoes() throws Exception {
    long began = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      say(LINE);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));

    reader.reads.countDown();
    reader.awaitText("left out\n");
    say("the end\n");
    delivery.close();
    assertThat(reader.text())
        .isEqualTo(LINE + LINE + (998 * LINE.length()) + " left out\nthe end\n");
  }

  @Test
  void theNoticeComesToOneWhoReadsOnlyAfterTheEnd() throws Exception {
    for (int i = 0; i < 10; i++) {
      say(LINE);
    }
    Thread closing = Thread.ofVirtual().start(delivery::close);
    reader.reads.countDown();
    closing.join();
    assertThat(reader.text()).endsWith(LINE + (8 * LINE.length()) + " left out\n");
  }

  @Test
  void onlyWholeLinesAreLeftOut() throws Exception {
    for (int i = 0; i < 3; i++) {
      say(LINE);
    }
    say("begun ");
    reader.reads.countDown();
    reader.awaitText("left out\n");
    say("and ended\nnext\n");
    delivery.close();
    assertThat(reader.text()).endsWith(" left out\nnext\n");
  }

  @Test
  void someoneWhoReadsSlowlyIsWaitedForButNotForEver() throws Exception {
    Delivery slow =
        new Delivery(
            new OutputStream() {
              @Override
              public void write(int b) {}

              @Override
              public void write(byte[] from, int offset, int length) {
                // reads on after a while, never so late that the single patience ends
                java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
              }
            },
            OutputStream.nullOutputStream(),
            SMALL,
            n -> "");
    long began = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      slow.out().write(LINE.getBytes(UTF_8));
    }
    slow.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void nothingIsLeftOutWhereAllHasToArrive() throws Exception {
    Delivery whole = new Delivery(reader, reader, DeliveryLimits.WHOLE, n -> n + " left out");
    byte[] bytes = new byte[3 * DeliveryLimits.WHOLE.capacity()];
    new java.util.Random(1).nextBytes(bytes);
    Thread writing =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    whole.out().write(bytes);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    reader.asked.await();
    reader.reads.countDown();
    writing.join();
    whole.close();
    assertThat(reader.read.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void whatWaitsFartherDownCountsAsWell() throws Exception {
    DeliveryLimits patient =
        new DeliveryLimits(10_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
    Delivery down = new Delivery(reader, reader, patient, n -> "");
    Delivery up = new Delivery(down.out(), down.err(), SMALL, n -> n + " left out");
    for (int i = 0; i < 1000; i++) {
      up.out().write(LINE.getBytes(UTF_8));
    }
    up.close();
    reader.reads.countDown();
    down.close();
    assertThat(reader.text()).isEqualTo(LINE + LINE + (998 * LINE.length()) + " left out\n");
  }

  @Test
  void theNoticeComesWhenOneFartherDownReadsAgain() throws Exception {
    DeliveryLimits patient =
        new DeliveryLimits(10_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Delivery down = new Delivery(reader, reader, patient, n -> "");
        Delivery up = new Delivery(down.out(), down.err(), SMALL, n -> n + " left out");
        Delivery silent = new Delivery(down.out(), down.err(), SMALL, n -> n + " left out")) {
      up.out().write(LINE.getBytes(UTF_8));
      reader.asked.await(); // so that nothing waits in the upper one
      down.out().write(LINE.repeat(2).getBytes(UTF_8));
      up.out().write(LINE.getBytes(UTF_8));
      silent.out().write("x\n".repeat(50).getBytes(UTF_8));
      reader.reads.countDown();
      reader.awaitText(LINE.length() + " left out\n");
      reader.awaitText("100 left out\n");
      up.out().write("goes on\n".getBytes(UTF_8));
      reader.awaitText("goes on\n");
    }
  }

  @Test
  void whatIsSaidToOneWhoWentAwayIsDropped() throws Exception {
    reader.gone = true;
    reader.reads.countDown();
    for (int i = 0; i < 1000; i++) {
      say(LINE);
    }
    delivery.close();
    assertThat(reader.text()).isEmpty();
  }

  @Test
  void aHurriedEndHasPatienceWithNobody() throws Exception {
    say(LINE);
    reader.asked.await();
    delivery.hurry();
    delivery.close();
    assertThat(reader.text()).isEmpty();
  }

  @Test
  void nothingIsTakenAfterTheEnd() {
    delivery.close();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> say("late"))
        .isInstanceOf(IOException.class);
  }
}
