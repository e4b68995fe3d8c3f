package dev.slipway.core.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Passes bytes on with every occurrence of a secret replaced by {@value #MASK}, however the bytes
 * are cut into writes. A text of several lines is masked line by line. What may be the beginning of
 * a secret is held back until more of its line, its end or {@link #finish} decides. Not safe for
 * use by many threads.
 */
public final class SecretMask extends OutputStream {
  static final String MASK = "***";

  /** Lines of secrets that are shorter are common words and brackets. */
  private static final int SHORTEST = 6;

  /** A longer secret is looked for in pieces, which bounds what is held back. */
  private static final int PIECE = 256;

  /** Bounds the memory; the longest secrets of a configuration beyond it are not looked for. */
  private static final int MOST_BYTES = 1 << 20;

  private static final byte[] MASKED = MASK.getBytes(UTF_8);

  private final OutputStream next;
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private Patterns patterns = new Patterns(List.of());
  private byte[] held = new byte[1];
  private boolean[] secret = new boolean[1];
  private int first;
  private int count;
  private int state;
  private boolean masking;

  public SecretMask(OutputStream next) {
    this.next = next;
  }

  /** Masks these from now on, and no others. */
  public void mask(Collection<String> secrets) throws IOException {
    finish();
    patterns = new Patterns(bounded(pieces(secrets)));
    held = new byte[patterns.longest() + 1];
    secret = new boolean[held.length];
    first = 0;
    state = 0;
  }

  private static Set<String> pieces(Collection<String> secrets) {
    Set<String> all = new LinkedHashSet<>();
    for (String value : secrets) {
      for (String line : value.split("[\r\n]+")) {
        if (line.strip().length() >= SHORTEST) {
          all.add(line.strip());
        }
      }
    }
    return all;
  }

  private static List<byte[]> bounded(Set<String> lines) {
    int[] left = {MOST_BYTES};
    return lines.stream()
        .map(line -> line.getBytes(UTF_8))
        .sorted((a, b) -> Integer.compare(a.length, b.length))
        .takeWhile(bytes -> (left[0] -= bytes.length) >= 0)
        .flatMap(bytes -> cut(bytes).stream())
        .toList();
  }

  /** Pieces of equal length but for the last, which is longer. */
  private static List<byte[]> cut(byte[] line) {
    int pieces = Math.max(1, line.length / PIECE);
    return IntStream.range(0, pieces)
        .mapToObj(
            i ->
                Arrays.copyOfRange(
                    line, i * PIECE, i == pieces - 1 ? line.length : (i + 1) * PIECE))
        .toList();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (patterns.longest() == 0) {
      next.write(bytes, offset, length);
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      take(bytes[i]);
    }
    pass();
  }

  private void take(byte b) {
    state = patterns.next(state, b);
    int end = (first + count) % held.length;
    held[end] = b;
    secret[end] = false;
    count++;
    markLast(patterns.match(state));
    while (count > patterns.depth(state)) {
      release();
    }
  }

  private void markLast(int length) {
    int from = (first + count - length) % held.length;
    int atEnd = Math.min(length, held.length - from);
    Arrays.fill(secret, from, from + atEnd, true);
    Arrays.fill(secret, 0, length - atEnd, true);
  }

  private void release() {
    if (secret[first]) {
      if (!masking) {
        passed.writeBytes(MASKED);
      }
    } else {
      passed.write(held[first]);
    }
    masking = secret[first];
    first = (first + 1) % held.length;
    count--;
  }

  private void pass() throws IOException {
    passed.writeTo(next);
    passed.reset();
  }

  /** Passes on what is held back: no more is coming. */
  public void finish() throws IOException {
    while (count > 0) {
      release();
    }
    state = 0;
    masking = false;
    pass();
    next.flush();
  }

  @Override
  public void flush() throws IOException {
    next.flush();
  }
}
