package dev.slipway.core.locks;

import dev.slipway.core.call.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which calls belong together: the outermost one and everything nested in it, told by the token in
 * their environment. Work can be put off until the outermost call ends, once per key; the newest
 * configuration is read then. Safe for use by many threads.
 */
public final class InvocationTrees {
  private static final int MOST_ROUNDS = 3;

  private final Map<String, Tree> trees = new ConcurrentHashMap<>();

  /** A call being run. */
  public interface Membership extends AutoCloseable {
    /**
     * Leaves; the last to leave runs what was put off, with the call it was put off with being long
     * gone, hence with its own.
     */
    @Override
    void close();
  }

  /** Enters the tree of this call. The gate does this around every command. */
  public Membership enter(Call call) {
    trees.compute(call.tree(), (token, tree) -> (tree == null ? new Tree() : tree).enter());
    return () -> leave(call);
  }

  /** Whether a call with this token is being run; nobody outside of it can know one. */
  public boolean isOpen(String token) {
    return trees.containsKey(token);
  }

  /**
   * Whether a caller with this environment came through sudo from an account other than root, and
   * not from within a call: what its environment says of a call is its own invention then.
   */
  public boolean isFromOutside(Map<String, String> environment) {
    return !environment.getOrDefault("SUDO_UID", "0").equals("0")
        && !isOpen(environment.getOrDefault(Call.TREE_VARIABLE, ""));
  }

  /** Whether an outer call of this one is being run as well. */
  public boolean isNested(Call call) {
    Tree tree = trees.get(call.tree());
    return tree != null && tree.depth > 1;
  }

  /**
   * Puts work off until the outermost call ends. Work with a key that is already put off is
   * dropped.
   *
   * @return false if no call of this tree is being run, so that nothing was put off
   */
  public boolean putOff(Call call, String key, Consumer<Call> work) {
    return trees.computeIfPresent(call.tree(), (token, tree) -> tree.putOff(key, work)) != null;
  }

  /**
   * Takes back what was put off under keys that begin like this, since somebody else does it now.
   * To be put off again by {@link PutOff#again} if that comes to nothing.
   */
  public PutOff takeBack(Call call, String prefix) {
    Tree tree = trees.get(call.tree());
    Map<String, Consumer<Call>> taken = tree == null ? Map.of() : tree.takeBack(prefix);
    return () -> taken.forEach((key, work) -> putOff(call, key, work));
  }

  /** Work that was taken back. */
  @FunctionalInterface
  public interface PutOff {
    /** Puts it off as before. */
    void again();
  }

  /**
   * Leaves the tree. Work that was put off runs first; whatever one piece throws, the rest runs and
   * the tree is left. Work that keeps putting itself off is given up after some rounds.
   */
  private void leave(Call call) {
    boolean left = false;
    RuntimeException failure = null;
    try {
      List<Consumer<Call>> work = leaveOrWork(call);
      for (int round = 0; !work.isEmpty(); round++) {
        if (round < MOST_ROUNDS) {
          failure = runAll(call, work, failure);
        } else {
          call.out().warn("Hooks of this call start it anew each time it ends. Leaving it there.");
        }
        work = leaveOrWork(call);
      }
      left = true;
    } finally {
      if (!left) {
        trees.computeIfPresent(call.tree(), (token, tree) -> tree.leave() ? null : tree);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Leaves, unless this is the last call of its tree and there is work to do before. In one step,
   * so that of two calls that leave at once one does the work.
   */
  private List<Consumer<Call>> leaveOrWork(Call call) {
    List<Consumer<Call>> work = new ArrayList<>();
    trees.computeIfPresent(
        call.tree(),
        (token, tree) -> {
          work.addAll(tree.workIfLast());
          return work.isEmpty() && tree.leave() ? null : tree;
        });
    return work;
  }

  private static @Nullable RuntimeException runAll(
      Call call, List<Consumer<Call>> work, @Nullable RuntimeException before) {
    RuntimeException failure = before;
    for (Consumer<Call> each : work) {
      try {
        each.accept(call);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    return failure;
  }

  private static final class Tree {
    private final Map<String, Consumer<Call>> putOff = new LinkedHashMap<>();
    private volatile int depth;

    synchronized Tree enter() {
      depth++;
      return this;
    }

    synchronized boolean leave() {
      depth--;
      return depth == 0;
    }

    synchronized Tree putOff(String key, Consumer<Call> work) {
      putOff.putIfAbsent(key, work);
      return this;
    }

    synchronized Map<String, Consumer<Call>> takeBack(String prefix) {
      Map<String, Consumer<Call>> taken = new LinkedHashMap<>(putOff);
      taken.keySet().removeIf(key -> !key.startsWith(prefix));
      putOff.keySet().removeAll(taken.keySet());
      return taken;
    }

    synchronized List<Consumer<Call>> workIfLast() {
      if (depth > 1) {
        return List.of();
      }
      List<Consumer<Call>> work = List.copyOf(putOff.values());
      putOff.clear();
      return work;
    }
  }
}
