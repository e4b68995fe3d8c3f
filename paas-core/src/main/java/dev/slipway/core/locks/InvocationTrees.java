package dev.slipway.core.locks;

import dev.slipway.core.call.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which calls belong together: the outermost one and everything nested in it, told by the token in
 * their environment. Work can be put off until the outermost call ends, once per key; the newest
 * configuration is read then. Safe for use by many threads.
 */
public final class InvocationTrees {
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
    Tree tree = trees.get(call.tree());
    return tree != null && tree.putOff(key, work);
  }

  private void leave(Call call) {
    Tree tree = trees.get(call.tree());
    if (tree == null) {
      return;
    }
    for (List<Consumer<Call>> work = tree.workIfLast(); !work.isEmpty(); work = tree.workIfLast()) {
      work.forEach(each -> each.accept(call));
    }
    trees.computeIfPresent(call.tree(), (token, same) -> same.leave() ? null : same);
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

    synchronized boolean putOff(String key, Consumer<Call> work) {
      putOff.putIfAbsent(key, work);
      return true;
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
