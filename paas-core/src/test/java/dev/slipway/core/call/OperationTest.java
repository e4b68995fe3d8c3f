package dev.slipway.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationTest {
  private final Operation operation = new Operation();
  private final List<String> ended = new ArrayList<>();

  @Test
  void endsWhatRunsWhenItIsCancelledAndNotWhatHasEnded() {
    operation.onCancel(() -> ended.add("build"));
    operation.onCancel(() -> ended.add("hook")).close();

    assertThat(operation.cancel()).isTrue();

    assertThat(ended).containsExactly("build");
    assertThatThrownBy(operation::check).isInstanceOf(UserError.class);
  }

  @Test
  void endsAtOnceWhatBeginsAfterItWasCancelled() {
    operation.cancel();

    operation.onCancel(() -> ended.add("build"));

    assertThat(ended).containsExactly("build");
  }

  @Test
  void isNotCancelledPastItsPointOfNoReturn() {
    operation.onCancel(() -> ended.add("build"));
    operation.commit();

    assertThat(operation.cancel()).isFalse();

    assertThat(operation.isCancelled()).isFalse();
    assertThat(ended).isEmpty();
  }

  @Test
  void doesNotPassThePointOfNoReturnWhenItWasCancelled() {
    operation.cancel();

    assertThatThrownBy(operation::commit).isInstanceOf(UserError.class);
  }

  @Test
  void addsUpThePhasesInTheOrderOfTheirBeginnings() {
    operation.phase("build");
    operation.phase("release");
    operation.phase("build");

    assertThat(operation.phases().keySet()).containsExactly("build", "release");
    assertThat(operation.phases().values()).allMatch(time -> !time.isNegative());
  }
}
