package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.engine.docker.PrivateDockerd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine restarts with apps on it, while the daemon runs and while it does not. */
@Tag(Soak.TAG)
final class EngineRestartIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int APPS = Soak.size(5, 20);
  private static final int RESTARTS = Soak.size(5, 50);

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static PrivateDockerd engine;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  /** Apps by what they answer. */
  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    engine = PrivateDockerd.launch();
    engine.importImage(Server.IMAGE);
    server = Server.launch(Map.of("DOCKER_HOST", engine.host()), command -> command);
    for (int i = 0; i < APPS; i++) {
      String app = server.newApp("restart" + i);
      Repository repository = Repository.of(server, app);
      repository.write("page.txt", app).commit("Its own page");
      repository.push().succeeded();
      PAGES.put(app, app + "\n");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    engine.close();
  }

  @Test
  void appsServeAgainWithoutABuildWhenTheEngineRestarted() {
    List<String> before = images();

    engine.restart();

    awaitAllServe();
    assertThat(images()).isEqualTo(before);
    engine.kill();
    engine.start();
    awaitAllServe();
    assertThat(images()).isEqualTo(before);
  }

  @Test
  void noRequestReachesAnotherAppWhenTheEngineRestartsWithoutTheDaemon() throws Exception { // A28
    try (Requests requests = new Requests()) {
      for (int restart = 1; restart <= RESTARTS; restart++) {
        server.killDaemon();
        String stopped = PAGES.keySet().stream().skip(restart % APPS).findFirst().orElseThrow();
        engine.docker("stop", "-t", "1", stopped + ".web.1");
        engine.restart();
        // takes the address that the engine itself would give to the next container
        engine.docker("run", "-d", "--rm", "--name", "squatter", Server.IMAGE, "sleep", "600");
        assertThat(requests.since(3)).isTrue();
        server.startDaemonAgain();
        awaitAllServe();
        engine.docker("rm", "-f", "squatter");
      }
      requests.close();
      assertThat(requests.strangers()).isEmpty();
    }
  }

  private static void awaitAllServe() {
    PAGES.forEach(
        (app, page) ->
            Host.await(app + " serves", SOON, () -> server.get(app, "/").body().equals(page)));
  }

  private static List<String> images() {
    return server
        .docker("images", "-aq", "--no-trunc")
        .succeeded()
        .out()
        .lines()
        .distinct()
        .sorted()
        .toList();
  }

  /** Asks all apps for their page and notes every answer that is another app's. */
  private static final class Requests implements AutoCloseable {
    private final Set<String> strangers = new TreeSet<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().start(this::ask);
    private int rounds;

    private void ask() {
      try {
        do {
          List<Thread> all = new ArrayList<>();
          PAGES.forEach((app, page) -> all.add(Thread.ofVirtual().start(() -> ask(app, page))));
          for (Thread each : all) {
            each.join();
          }
          synchronized (this) {
            rounds++;
            notifyAll();
          }
        } while (!closing.await(20, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void ask(String app, String page) {
      RawHttp.Answer answer = server.get(app, "/");
      if (answer.status() == 200 && !answer.body().equals(page)) {
        synchronized (this) {
          strangers.add(app + " got: " + answer.body());
        }
      }
    }

    /** Waits for so many more rounds; one lasts seconds where a container is away. */
    synchronized boolean since(int more) throws InterruptedException {
      int goal = rounds + more;
      long deadline = System.nanoTime() + SOON.toNanos();
      while (rounds < goal && System.nanoTime() < deadline) {
        wait(1000);
      }
      return rounds >= goal;
    }

    synchronized Set<String> strangers() {
      return Set.copyOf(strangers);
    }

    @Override
    public void close() {
      closing.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
