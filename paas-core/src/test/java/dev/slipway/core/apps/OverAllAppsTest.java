package dev.slipway.core.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.testing.RecordedCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OverAllAppsTest {
  private static final AppName BLOG = AppName.parse("blog");
  private static final AppName SHOP = AppName.parse("shop");

  private final RecordedCall recorded = new RecordedCall();
  private final List<AppName> done = Collections.synchronizedList(new ArrayList<>());
  private List<AppName> visible = List.of(BLOG, SHOP);

  private final VisibleApps apps =
      new VisibleApps() {
        @Override
        public List<AppName> list(Call call) {
          return visible;
        }

        @Override
        public AppName existing(Call call, String name) {
          throw new UnsupportedOperationException(name);
        }
      };

  private void run(int parallel, Consumer<AppName> action) {
    new OverAllApps(apps).run(recorded.call(), "restart", parallel, action);
  }

  private void refuseTheBlog(AppName app) {
    if (app.equals(BLOG)) {
      throw new UserError("no such image");
    }
    done.add(app);
  }

  @Test
  void oneAfterAnotherInTheirOrder() {
    run(0, done::add);

    assertThat(done).containsExactly(BLOG, SHOP);
    assertThat(recorded.err()).isEqualTo(" !     Running restart in serial mode\n");
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Running restart against app blog
            -----> Running restart against app shop
            """);
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthers() {
    assertThatThrownBy(() -> run(1, this::refuseTheBlog))
        .isInstanceOf(UserError.class)
        .hasMessage("restart command returned 1 errors");
    assertThat(done).containsExactly(SHOP);
    assertThat(recorded.err())
        .isEqualTo(
            """
             !     Running restart in serial mode
             !     Error running restart against app blog: no such image
            """);
  }

  @Test
  void severalAtATimeFailInOtherWords() {
    assertThatThrownBy(() -> run(2, this::refuseTheBlog))
        .hasMessage("Encountered 1 errors during parallel run");
    assertThat(done).containsExactly(SHOP);
    assertThat(recorded.out().lines())
        .containsExactlyInAnyOrder(
            "-----> Running command against blog", "-----> Running command against shop");
    assertThat(recorded.err())
        .isEqualTo(" !     Error running restart against blog: no such image\n");
  }

  @Test
  void aBugInOneCountsAsAFailureOfThatOne() {
    assertThatThrownBy(
            () ->
                run(
                    2,
                    app -> {
                      throw new IllegalStateException("secret");
                    }))
        .hasMessage("Encountered 2 errors during parallel run");
    assertThat(recorded.err())
        .contains("against blog: internal error, the server's log has the details")
        .doesNotContain("secret");
  }

  @Test
  void aNumberThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> run(-2, done::add)).hasMessage("Invalid value -2 for --parallel flag");
    assertThat(done).isEmpty();
  }

  @Test
  void withoutAppsThereIsNothingToDo() {
    visible = List.of();
    run(0, done::add);

    assertThat(recorded.err()).isEqualTo(" !     You haven't deployed any applications yet\n");
  }
}
