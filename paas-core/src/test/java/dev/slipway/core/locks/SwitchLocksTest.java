package dev.slipway.core.locks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SwitchLocksTest {
  private static final AppName BLOG = new AppName("blog");
  private static final AppName SHOP = new AppName("shop");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final SwitchLocks locks =
      new SwitchLocks(Duration.ofMillis(20), Duration.ofMillis(20_000));
  private final InvocationTrees trees = new InvocationTrees();
  private final Restarts restarts =
      new Restarts(locks, trees, new Deliveries((program, streams) -> 0));

  private Call call(String tree) {
    return Call.from(
        Identity.local("dokku", false),
        tree,
        Map.of(),
        Path.of("/"),
        new Streams(InputStream.nullInputStream(), said, said),
        Optional.empty(),
        program -> 0);
  }

  private void awaitSaid(String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!said.toString(UTF_8).contains(text)) {
      assertThat(System.nanoTime()).as("waiting for: " + text).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aNestedCallOfTheHolderPasses() {
    try (SwitchLocks.Held _ = locks.acquire(call("a"), BLOG, "outer");
        SwitchLocks.Held _ = locks.acquire(call("a"), BLOG, "inner")) {
      assertThat(locks.tryAcquire(call("b"), BLOG, "other")).isEmpty();
    }
    assertThat(locks.isHeld(BLOG)).isFalse();
  }

  @Test
  void whoWaitsIsToldForWhom() throws Exception {
    SwitchLocks.Held held = locks.acquire(call("a"), BLOG, "ps:stop");
    Thread waiting =
        Thread.ofVirtual().start(() -> locks.acquire(call("b"), BLOG, "a deploy").close());
    awaitSaid(" !     Waiting for ps:stop of blog to end");

    held.close();
    waiting.join();
    assertThat(locks.isHeld(BLOG)).isFalse();
  }

  @Test
  void nobodyWaitsLongerThanTheHolderSaidItMayTake() {
    SwitchLocks impatient = new SwitchLocks(Duration.ofMillis(20), Duration.ofMillis(50));
    try (SwitchLocks.Held held = impatient.acquire(call("a"), BLOG, "a deploy");
        SwitchLocks.Stretch _ = held.expect(Duration.ofMillis(50))) {
      assertThatThrownBy(() -> impatient.acquire(call("b"), BLOG, "ps:stop"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("a deploy of blog has been running since");
    }
  }

  @Test
  void othersWaitWhileTheHolderGetsOn() throws Exception {
    SwitchLocks impatient = new SwitchLocks(Duration.ofMillis(20), Duration.ofMillis(500));
    SwitchLocks.Held held = impatient.acquire(call("a"), BLOG, "a deploy");
    Thread waiting =
        Thread.ofVirtual().start(() -> impatient.acquire(call("b"), BLOG, "ps:stop").close());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (System.nanoTime() < end) {
      held.expect(Duration.ZERO).close();
      assertThat(waiting.isAlive()).isTrue();
      waiting.join(Duration.ofMillis(10));
    }

    held.close();
    waiting.join();
    assertThat(impatient.isHeld(BLOG)).isFalse();
  }

  @Test
  void waitingRestartsCollapseIntoOne() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    SwitchLocks.Held held = locks.acquire(call("a"), BLOG, "a deploy");
    Thread first = Thread.ofVirtual().start(() -> restart("b", ran));
    awaitSaid("Waiting for a deploy");
    Thread second = Thread.ofVirtual().start(() -> restart("c", ran));
    awaitSaid("Joining the restart of blog");

    held.close();
    first.join();
    second.join();
    assertThat(ran).containsExactly("b");
  }

  @Test
  void whoJoinedARestartThatBreaksIsTold() throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    SwitchLocks.Held held = locks.acquire(call("a"), BLOG, "a deploy");
    Thread first = Thread.ofVirtual().start(() -> failures.add(broken("b")));
    awaitSaid("Waiting for a deploy");
    Thread second = Thread.ofVirtual().start(() -> failures.add(broken("c")));
    awaitSaid("Joining the restart of blog");

    held.close();
    first.join();
    second.join();
    assertThat(failures)
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).isInstanceOf(AssertionError.class),
            other -> assertThat(other).hasMessage("the restart of blog broke"));
  }

  @Test
  void whoJoinedARestartCanBeInterrupted() throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    try (SwitchLocks.Held _ = locks.acquire(call("a"), BLOG, "a deploy")) {
      Thread.ofVirtual().start(() -> broken("b"));
      awaitSaid("Waiting for a deploy");
      Thread second = Thread.ofVirtual().start(() -> failures.add(broken("c")));
      awaitSaid("Joining the restart of blog");
      second.interrupt();
      second.join();
    }
    assertThat(failures)
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .isInstanceOf(UserError.class)
                    .hasMessage("Interrupted while waiting for the restart of blog"));
  }

  private Throwable broken(String tree) {
    return catchThrowable(
        () ->
            restarts.run(
                call(tree),
                BLOG,
                "a restart",
                true,
                "k",
                now -> {
                  throw new AssertionError("broken");
                }));
  }

  private void restart(String tree, List<String> ran) {
    restarts.run(call(tree), BLOG, "a restart", true, "k", now -> ran.add(tree));
  }

  @Test
  void twoAppsThatChangeEachOtherDoNotWaitForEachOther() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    CountDownLatch bothHold = new CountDownLatch(2);
    Thread blog = Thread.ofVirtual().start(() -> crossed("a", BLOG, SHOP, bothHold, ran));
    Thread shop = Thread.ofVirtual().start(() -> crossed("b", SHOP, BLOG, bothHold, ran));

    blog.join();
    shop.join();
    assertThat(ran).containsExactlyInAnyOrder("a changes shop", "b changes blog");
  }

  private void crossed(
      String tree, AppName mine, AppName other, CountDownLatch bothHold, List<String> ran) {
    try (InvocationTrees.Membership _ = trees.enter(call(tree));
        SwitchLocks.Held _ = locks.acquire(call(tree), mine, "a deploy")) {
      bothHold.countDown();
      bothHold.await();
      restarts.run(
          call(tree), other, "a restart", false, "k", now -> ran.add(tree + " changes " + other));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void putOffWorkThatFailsDoesNotKeepTheRestOrTheTree() {
    List<String> ran = new CopyOnWriteArrayList<>();
    InvocationTrees.Membership outer = trees.enter(call("a"));
    trees.putOff(
        call("a"),
        "1",
        later -> {
          throw new UserError("no");
        });
    trees.putOff(call("a"), "2", later -> ran.add("second"));

    assertThatThrownBy(outer::close).hasMessage("no");
    assertThat(ran).containsExactly("second");
    assertThat(trees.putOff(call("a"), "3", later -> {})).isFalse();
  }

  @Test
  void workThatPutsItselfOffForEverIsGivenUp() {
    InvocationTrees.Membership outer = trees.enter(call("a"));
    again(call("a"));
    outer.close();
    assertThat(said.toString(UTF_8)).contains("start it anew each time it ends");
  }

  private void again(Call call) {
    trees.putOff(call, "k", this::again);
  }
}
