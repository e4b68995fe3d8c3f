package dev.slipway.core.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InvocationTreesTest {
  private final InvocationTrees trees = new InvocationTrees();
  private final Call outer = RecordedCall.plain().call();
  private final Call nested = outer.with("HOOK", "post-deploy");
  private final List<String> done = new ArrayList<>();

  @Test
  void knowsNestedCallsByTheirToken() {
    Call stranger = RecordedCall.plain().call();
    try (InvocationTrees.Membership a = trees.enter(outer);
        InvocationTrees.Membership b = trees.enter(stranger)) {
      assertThat(trees.isNested(outer)).isFalse();
      try (InvocationTrees.Membership c = trees.enter(nested)) {
        assertThat(trees.isNested(nested)).isTrue();
        assertThat(trees.isNested(stranger)).isFalse();
      }
      assertThat(trees.isNested(outer)).isFalse();
    }
    assertThat(trees.isNested(outer)).isFalse();
  }

  @Test
  void runsWorkOnceWhenTheOutermostCallEnds() {
    try (InvocationTrees.Membership a = trees.enter(outer)) {
      try (InvocationTrees.Membership b = trees.enter(nested)) {
        assertThat(trees.putOff(nested, "restart blog", call -> done.add("first"))).isTrue();
        assertThat(trees.putOff(nested, "restart blog", call -> done.add("second"))).isTrue();
      }
      assertThat(done).isEmpty();
    }
    assertThat(done).containsExactly("first");
  }

  @Test
  void putsNothingOffWhenNoCallOfTheTreeRuns() {
    assertThat(trees.putOff(outer, "restart blog", call -> done.add("x"))).isFalse();
  }

  @Test
  void runsWorkThatWorkPutsOff() {
    try (InvocationTrees.Membership a = trees.enter(outer)) {
      trees.putOff(
          outer,
          "one",
          call -> {
            done.add("one");
            trees.putOff(call, "two", again -> done.add("two"));
          });
    }
    assertThat(done).containsExactly("one", "two");
  }

  @Test
  void runsTheRestWhenSomeWorkFailsAndForgetsTheTree() {
    InvocationTrees.Membership membership = trees.enter(outer);
    trees.putOff(
        outer,
        "broken",
        call -> {
          throw new IllegalStateException("broken");
        });
    trees.putOff(outer, "fine", call -> done.add("fine"));

    assertThatThrownBy(membership::close).hasMessage("broken");
    assertThat(done).containsExactly("fine");
    assertThat(trees.putOff(outer, "late", call -> done.add("late"))).isFalse();
  }

  @Test
  void losesNoWorkWhenTheLastCallsLeaveAtOnce() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    int rounds = 2000;
    for (int i = 0; i < rounds; i++) {
      InvocationTrees.Membership one = trees.enter(outer);
      InvocationTrees.Membership two = trees.enter(nested);
      trees.putOff(outer, "restart", call -> ran.incrementAndGet());
      CyclicBarrier start = new CyclicBarrier(2);
      Thread other = Thread.startVirtualThread(() -> leave(start, two));
      leave(start, one);
      other.join();
    }
    assertThat(ran).hasValue(rounds);
  }

  private static void leave(CyclicBarrier start, InvocationTrees.Membership membership) {
    try {
      start.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    membership.close();
  }
}
