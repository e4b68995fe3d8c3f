package dev.slipway.core.output;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;

/**
 * Finds any of many byte sequences in one pass: an automaton whose states are the beginnings of the
 * sequences. Its size grows with their total length. Immutable.
 */
final class Patterns {
  private static final int NONE = -1;
  private static final int BYTES = 256;

  private final int longest;
  private final byte[] label;
  private final int[] firstChild;
  private final int[] nextSibling;
  private final int[] failure;
  private final int[] depth;

  /** Length of the longest sequence that ends with a state; 0 for none. */
  private final int[] match;

  private final int[] fromRoot = new int[BYTES];
  private int states = 1;

  Patterns(Collection<byte[]> sequences) {
    int most = 1 + sequences.stream().mapToInt(each -> each.length).sum();
    label = new byte[most];
    firstChild = filled(most, NONE);
    nextSibling = filled(most, NONE);
    failure = new int[most];
    depth = new int[most];
    match = new int[most];
    longest = sequences.stream().mapToInt(each -> each.length).max().orElse(0);
    sequences.forEach(this::add);
    link();
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }

  int longest() {
    return longest;
  }

  /** How much of the text's end is a beginning of some sequence. */
  int depth(int state) {
    return depth[state];
  }

  int match(int state) {
    return match[state];
  }

  /** The state after one more byte; 0 is the first. */
  int next(int state, byte b) {
    int from = state;
    while (from != 0) {
      int child = child(from, b);
      if (child != NONE) {
        return child;
      }
      from = failure[from];
    }
    return fromRoot[b & 0xff];
  }

  private int child(int state, byte b) {
    if (state == 0) {
      int child = fromRoot[b & 0xff];
      return child == 0 ? NONE : child;
    }
    int child = firstChild[state];
    while (child != NONE && label[child] != b) {
      child = nextSibling[child];
    }
    return child;
  }

  private void add(byte[] sequence) {
    int state = 0;
    for (byte b : sequence) {
      int child = child(state, b);
      state = child == NONE ? grown(state, b) : child;
    }
    match[state] = depth[state];
  }

  private int grown(int parent, byte b) {
    int state = states++;
    label[state] = b;
    depth[state] = depth[parent] + 1;
    if (parent == 0) {
      fromRoot[b & 0xff] = state;
    } else {
      nextSibling[state] = firstChild[parent];
      firstChild[parent] = state;
    }
    return state;
  }

  private void link() {
    Deque<Integer> queue = new ArrayDeque<>();
    Arrays.stream(fromRoot).filter(state -> state != 0).forEach(queue::add);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      if (match[state] == 0) {
        match[state] = match[failure[state]];
      }
      for (int child = firstChild[state]; child != NONE; child = nextSibling[child]) {
        failure[child] = next(failure[state], label[child]);
        queue.add(child);
      }
    }
  }
}
