package dev.slipway.core.scheduler.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.docker.DockerEngine;
import dev.slipway.core.engine.docker.DockerSettings;
import dev.slipway.core.enter.Enter;
import dev.slipway.core.error.UserError;
import dev.slipway.core.logs.Logs;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.Programs;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.run.Runs;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.CoreTriggers;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Hooks;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run}, {@code enter} and {@code logs} with containers of a real engine. */
class ByHandIT {
  private static final String BASE = "slipway/sample-base:bookworm";

  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final AppName app = new AppName("byhand-" + id);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Handlers handlers = new Handlers();
  private final Programs programs = new Programs(Optional.empty());
  private final Triggers triggers = new Triggers(handlers, Hooks.NONE, programs);
  private final DockerEngine engine =
      new DockerEngine(DockerSettings.from(System.getenv(), id, false), programs);
  private final List<String> fired = new ArrayList<>();
  @TempDir private Path folder;
  private Roots roots;

  private final VisibleApps apps =
      new VisibleApps() {
        @Override
        public List<AppName> list(Call call) {
          return List.of(app);
        }

        @Override
        public AppName existing(Call call, String name) {
          if (!name.equals(app.value())) {
            throw UserError.noSuchApp(name);
          }
          return app;
        }
      };

  @BeforeEach
  void deployed() throws Exception {
    String user = System.getProperty("user.name");
    roots = new Roots(folder, folder, folder, folder, user, user);
    Files.createDirectories(roots.app(app));
    DurableFiles files = new DurableFiles(roots);
    PropertyStore properties = new PropertyStore(roots, files);
    new LocalRun(engine, triggers, properties).register(handlers);
    new LocalEnter(engine, roots, files, properties).register(handlers);
    new LocalLogs(engine, roots, files).register(handlers);
    handlers
        .on("scheduler", CoreTriggers.SCHEDULER_DETECT, inv -> inv.out().line("docker-local"))
        .on("config", CoreTriggers.DOCKER_ARGS_RUN, inv -> inv.out().text(" --env=AWKWARD"))
        .on(
            "config",
            CoreTriggers.CONFIG_EXPORT,
            inv -> inv.out().line("{\"AWKWARD\":\"a \\\"b\\\"\\n$c\"}"))
        .on("x", CoreTriggers.POST_CONTAINER_CREATE, inv -> fired.add("create"))
        .on("x", CoreTriggers.SCHEDULER_POST_RUN, inv -> fired.add("over " + inv.argument(3)));
    image("release");
  }

  /** An image of the app that differs from the base only in its labels. */
  private void image(String stage) throws Exception {
    Path context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("Dockerfile"), "FROM " + BASE + "\n");
    engine.build(
        context,
        Map.of(),
        Map.of("com.dokku.image-stage", stage, "com.dokku.app-name", app.value()),
        "dokku/" + app + ":latest",
        line -> {});
  }

  @AfterEach
  void sweep() {
    engine
        .containers(List.of("com.dokku.app-name=" + app))
        .forEach(each -> engine.remove(each.id(), true));
    engine
        .images(List.of("com.dokku.app-name=" + app), false)
        .forEach(each -> engine.removeImage(each.id()));
    engine.close();
  }

  private Call call(InputStream in) {
    return Call.from(
        Identity.local("dokku", false),
        id,
        Map.of(),
        folder,
        new Streams(in, out, err),
        Optional.empty(),
        program -> 127);
  }

  private Call call(String input) {
    return call(new ByteArrayInputStream(input.getBytes(UTF_8)));
  }

  private void run(String input, String... words) {
    new Runs(triggers, apps).attached(call(input), Arrays.asList(words));
  }

  private String instance(String name, String... command) throws Exception {
    ContainerSpec spec =
        new ContainerSpec(
            app + "." + name,
            List.of("--label=com.dokku.app-name=" + app),
            BASE,
            List.of(command),
            Map.of(),
            Optional.empty());
    String container = engine.create(spec);
    engine.start(container);
    Files.writeString(roots.app(app).resolve("CONTAINER." + name), container + "\n");
    return container;
  }

  @Test
  void runPassesStreamsAndTheExitCodeAndLeavesNothing() {
    assertThatThrownBy(() -> run("typed", app.value(), "sh", "-c", "cat; echo no >&2; exit 7"))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode()).isEqualTo(7));

    assertThat(out.toString(UTF_8)).isEqualTo("typed");
    assertThat(err.toString(UTF_8)).isEqualTo("no\n");
    assertThat(fired).containsExactly("create", "over 7");
    assertThat(engine.containers(List.of("com.dokku.app-name=" + app))).isEmpty();
  }

  @Test
  void runHasTheConfigAndItsOwnVariables() {
    run(
        "",
        "-e",
        "A=1",
        "--env=B='x y'",
        app.value(),
        "sh",
        "-c",
        "printf '%s|' \"$A\" \"$B\" \"$AWKWARD\"; test -z \"${PORT+x}\"; echo ${DYNO%.*}");

    assertThat(out.toString(UTF_8)).isEqualTo("1|x y|a \"b\"\n$c|run\n");
  }

  @Test
  void runNeedsAReleasedImage() throws Exception {
    image("build");

    assertThatThrownBy(() -> run("", app.value(), "true")).isInstanceOf(UserError.class);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            " !     Invalid image stage detected: expected 'release', got 'build'\n"
                + " !     Successfully deploy your app to fix dokku run calls\n");
  }

  @Test
  void aContainerWhoseCallerIsInterruptedGoes() throws Exception {
    InputStream silence =
        new InputStream() {
          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            return read();
          }

          @Override
          public synchronized int read() throws IOException {
            try {
              while (true) {
                wait();
              }
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
          }
        };
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    new Runs(triggers, apps)
                        .attached(call(silence), List.of(app.value(), "sleep", "4000")));
    await(
        () ->
            engine.containers(List.of("com.dokku.app-name=" + app)).stream()
                .anyMatch(Container::isRunning));

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
    assertThat(engine.containers(List.of("com.dokku.app-name=" + app))).isEmpty();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void enterRunsACommandInTheChosenContainer() throws Exception {
    String web = instance("web.1", "sleep", "60");
    instance("worker.1", "sleep", "60");
    Enter enter = new Enter(triggers, apps);

    enter.run(call("typed"), List.of(app.value(), "web", "cat"));
    enter.run(call(""), List.of(app.value(), "--container-id", web.substring(0, 12), "hostname"));
    assertThat(out.toString(UTF_8)).isEqualTo("typed" + web.substring(0, 12) + "\n");
    assertThatThrownBy(
            () -> enter.run(call(""), List.of(app.value(), "web.1", "sh", "-c", "exit 9")))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode()).isEqualTo(9));
    assertThatThrownBy(() -> enter.run(call(""), List.of(app.value())))
        .hasMessage("Available types for app (" + app + "): web worker");
    assertThatThrownBy(() -> enter.run(call(""), List.of(app.value(), "none")))
        .hasMessage("Available types for app (" + app + "): web worker");
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            " !     No container type specified.\n"
                + " !     No containers found for type 'none'\n");
  }

  @Test
  void logsOfAllContainersCarryTheirNames() throws Exception {
    engine.await(instance("web.1", "sh", "-c", "echo one; echo two"));
    engine.await(instance("worker.1", "sh", "-c", "echo three >&2"));
    Logs logs = new Logs(triggers);

    logs.show(call(""), app, new Logs.Wanted("", false, false, 1));
    assertThat(out.toString(UTF_8).lines())
        .hasSize(2)
        .anyMatch(line -> line.matches("\u001b\\[36m20[0-9T:.-]+Z app\\[web.1]:\u001b\\[0m two"))
        .anyMatch(
            line -> line.matches("\u001b\\[33m20[0-9T:.-]+Z app\\[worker.1]:\u001b\\[0m three"));

    out.reset();
    logs.show(call(""), app, new Logs.Wanted("web", false, true, 100));
    assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\n");
  }
}
