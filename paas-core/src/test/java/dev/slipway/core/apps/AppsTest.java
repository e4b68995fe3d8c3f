package dev.slipway.core.apps;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RETIRE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_STOP;
import static dev.slipway.core.triggers.CoreTriggers.USER_AUTH_APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.TestRoots;
import dev.slipway.core.triggers.FakeHooks;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppsTest {
  private static final AppName BLOG = new AppName("blog");

  @TempDir Path folder;
  private final RecordedCall call = RecordedCall.plain();
  private final FakeHooks hooks = new FakeHooks();
  private final List<String> fired = new ArrayList<>();
  private Roots roots;
  private PropertyStore properties;
  private AppDirectory directory;
  private Apps apps;
  private final Handlers handlers = new Handlers();

  @BeforeEach
  void prepare() {
    roots = TestRoots.below(folder);
    DurableFiles files = new DurableFiles(roots);
    properties = new PropertyStore(roots, files);
    for (Trigger trigger :
        List.of(
            POST_CREATE,
            PRE_DELETE,
            SCHEDULER_STOP,
            SCHEDULER_POST_DELETE,
            POST_DELETE,
            SCHEDULER_RETIRE)) {
      handlers.on("git", trigger, inv -> fired.add(trigger + " " + inv.arguments()));
    }
    handlers.on("scheduler", SCHEDULER_DETECT, inv -> inv.out().line("docker-local"));
    Triggers triggers = new Triggers(handlers, hooks, (program, streams) -> 0);
    directory = new AppDirectory(roots, () -> triggers);
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1635126111), ZoneOffset.UTC);
    apps = new Apps(roots, files, properties, triggers, directory, clock);
  }

  private Path app(String name) {
    return roots.dokkuRoot().resolve(name);
  }

  @Test
  void makesAnApp() {
    apps.create(call.call(), "blog");

    assertThat(call.out()).isEqualTo("-----> Creating blog...\n");
    assertThat(app("blog")).isDirectory();
    assertThat(properties.get("apps", Scope.of(BLOG), "created-at")).contains("1635126111");
    assertThat(fired).containsExactly("post-create [blog]");
  }

  @Test
  void refusesATakenName() {
    apps.create(call.call(), "blog");

    assertThatThrownBy(() -> apps.create(call.call(), "blog")).hasMessage("Name is already taken");
    assertThat(fired).hasSize(1);
  }

  @Test
  void takesAnAppBackWhenAHookFails() {
    hooks.on("zz", POST_CREATE, "", 3);

    assertThatThrownBy(() -> apps.create(call.call(), "blog")).isInstanceOf(TriggerFailed.class);

    assertThat(app("blog")).doesNotExist();
    assertThat(fired).containsExactly("post-create [blog]", "post-delete [blog, latest]");
  }

  @Test
  void hidesAnAppThatAnotherCallDestroysAndLetsOnlyOneDestroyIt() {
    Call another =
        Call.from(
            call.call().identity(),
            "another",
            Map.of(),
            folder,
            call.call().streams(),
            Optional.empty(),
            program -> 0);
    apps.create(call.call(), "blog");
    handlers.on(
        "network",
        POST_DELETE,
        inv -> {
          assertThat(directory.existing(inv.call(), "blog")).isEqualTo(BLOG);
          assertThat(directory.list(another)).isEmpty();
          assertThatThrownBy(() -> directory.existing(another, "blog"))
              .hasMessage("App blog does not exist");
          assertThatThrownBy(() -> apps.destroy(another, BLOG, true))
              .hasMessage("App blog does not exist");
          assertThatThrownBy(() -> apps.create(another, "blog"))
              .hasMessage("Name is already taken");
          fired.add("asked");
        });

    apps.destroy(call.call(), BLOG, true);

    assertThat(fired).contains("asked");
    apps.create(another, "blog");
    assertThat(directory.list(another)).containsExactly(BLOG);
  }

  @Test
  void letsOnlyOneOfTwoMakeAnApp() throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.startVirtualThread(() -> tryToCreate(made)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(made).hasValue(1);
  }

  private void tryToCreate(AtomicInteger made) {
    try {
      apps.create(RecordedCall.plain().call(), "blog");
      made.incrementAndGet();
    } catch (UserError taken) {
      assertThat(taken).hasMessage("Name is already taken");
    }
  }

  @Test
  void makesAMissingAppSilently() {
    apps.createIfMissing(call.call(), "blog", (program, streams) -> 0);
    apps.createIfMissing(call.call(), "blog", (program, streams) -> 0);

    assertThat(app("blog")).isDirectory();
    assertThat(call.out() + call.err()).isEmpty();
  }

  @Test
  void showsWhatWasPrintedWhenThatFails() {
    hooks.on("zz", POST_CREATE, "the reason\n", 3);

    assertThatThrownBy(() -> apps.createIfMissing(call.call(), "blog", (program, streams) -> 0))
        .isInstanceOf(TriggerFailed.class);

    assertThat(call.out()).isEqualTo("-----> Creating blog...\nthe reason\n");
  }

  @Test
  void makesNoAppWhereThatIsSwitchedOff() {
    properties.set("apps", Scope.GLOBAL, "disable-autocreation", "true");

    assertThatThrownBy(() -> apps.createIfMissing(call.call(), "blog", (program, streams) -> 0))
        .hasMessage("Re-enable app auto-creation or create an app with 'dokku apps:create blog'");

    assertThat(call.err()).isEqualTo(" !     App auto-creation disabled.\n");
    assertThat(app("blog")).doesNotExist();
  }

  @Test
  void destroysInTheOrderOfTheSpec() {
    apps.create(call.call(), "blog");
    fired.clear();
    RecordedCall destroy = RecordedCall.plain();

    apps.destroy(destroy.call(), BLOG, true);

    assertThat(destroy.out())
        .isEqualTo(
            "-----> Destroying blog (including all add-ons)\n"
                + "-----> Retiring old containers and images\n");
    assertThat(fired)
        .containsExactly(
            "pre-delete [blog, latest]",
            "scheduler-stop [docker-local, blog, true]",
            "scheduler-post-delete [docker-local, blog, latest]",
            "post-delete [blog, latest]",
            "scheduler-retire [docker-local, blog]");
    assertThat(app("blog")).doesNotExist();
  }

  @Test
  void namesTheDeployedImageWhereAPluginTellsIt() {
    apps.create(call.call(), "blog");
    hooks.on("tags", DEPLOYED_APP_IMAGE_TAG, "v7\n", 0);

    apps.destroy(call.call(), BLOG, true);

    assertThat(fired).contains("pre-delete [blog, v7]", "post-delete [blog, v7]");
  }

  @Test
  void destroysNothingUnlessTheNameIsTyped() {
    apps.create(call.call(), "blog");
    fired.clear();

    assertThatThrownBy(() -> apps.destroy(RecordedCall.reading("no\n").call(), BLOG, false))
        .isInstanceOf(UserError.class);

    assertThat(app("blog")).isDirectory();
    assertThat(fired).isEmpty();
  }

  @Test
  void stopsAtAHookThatRefuses() {
    apps.create(call.call(), "blog");
    hooks.on("backup", PRE_DELETE, "", 1);

    assertThatThrownBy(() -> apps.destroy(call.call(), BLOG, true))
        .isInstanceOf(TriggerFailed.class);

    assertThat(app("blog")).isDirectory();
  }

  @Test
  void emptiesTheTargetOfALinkAndRemovesTheLink() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(elsewhere.resolve("refs/heads"));
    Files.createSymbolicLink(app("blog"), elsewhere);

    apps.destroy(call.call(), BLOG, true);

    assertThat(app("blog")).doesNotExist();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void listsFoldersThatCanBeAppsAndLinksToThem() throws IOException {
    for (String name : List.of("shop", "blog", "old_app", ".ssh", "Blog", "--global")) {
      Files.createDirectories(app(name));
    }
    Files.writeString(app("vhost"), "");
    Files.createSymbolicLink(app("linked"), app("shop"));

    assertThat(directory.list(call.call()))
        .extracting(AppName::value)
        .containsExactly("blog", "linked", "old_app", "shop");
  }

  @Test
  void showsOnlyTheAppsThatAPluginAllows() throws IOException {
    Files.createDirectories(app("blog"));
    Files.createDirectories(app("shop"));
    hooks.on("acl", USER_AUTH_APP, "shop\n\nforged\n", 1);

    assertThat(directory.list(call.call())).extracting(AppName::value).containsExactly("shop");
    assertThat(hooks.ran()).containsExactly("acl/user-auth-app tester default blog shop");
    assertThat(directory.existing(call.call(), "shop")).hasToString("shop");
    assertThatThrownBy(() -> directory.existing(call.call(), "blog"))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode()).isEqualTo(20));
  }

  @Test
  void printsTheListInBothForms() throws IOException {
    AppList list = new AppList(directory);
    list.print(call.call(), false);
    list.print(call.call(), true);
    assertThat(call.out()).isEqualTo("=====> My Apps\n[]\n");
    assertThat(call.err()).isEqualTo(" !     You haven't deployed any applications yet\n");

    Files.createDirectories(app("shop"));
    Files.createDirectories(app("blog"));
    RecordedCall some = RecordedCall.plain();
    list.print(some.call(), false);
    list.print(some.call(), true);
    assertThat(some.out()).isEqualTo("=====> My Apps\nblog\nshop\n[\"blog\",\"shop\"]\n");
  }

  @Test
  void locksAndUnlocksDeploys() {
    DeployLockFile lock = new DeployLockFile(roots, new DurableFiles(roots));
    assertThatThrownBy(() -> lock.requireLocked(call.call(), BLOG))
        .hasMessage("Deploy lock does not exist");
    assertThatThrownBy(() -> lock.unlock(call.call(), BLOG))
        .hasMessage("Unable to remove deploy lock");

    lock.lock(call.call(), BLOG);
    lock.lock(call.call(), BLOG);
    lock.requireLocked(call.call(), BLOG);
    assertThat(folder.resolve("lib/data/apps/blog/.deploy.lock")).isEmptyFile();
    lock.unlock(call.call(), BLOG);

    assertThat(lock.exists(BLOG)).isFalse();
    assertThat(call.out())
        .isEqualTo(
            "-----> Deploy lock created\n".repeat(2)
                + "Deploy lock exists\n-----> Deploy lock removed\n");
    assertThat(call.err())
        .isEqualTo(
            " !     A deploy may be in progress.\n"
                + " !     Removing the app lock will not stop in progress deploys.\n");
  }
}
