package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.triggers.CoreTriggers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxProxyIT {
  private static final String OLD = "127.0.0.2";
  private static final String NEW = "127.0.0.3";

  @TempDir Path folder;

  private final int port = PrivateNginx.freePort();
  private final int containerPort = PrivateNginx.freePort();
  private final TestCalls calls = new TestCalls();

  @Test
  void servesAnAppThatIsLiveAnd502BeforeThat() throws IOException {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend backend = new Backend(OLD, containerPort, "hello")) {
      AppName app = nginx.app("blog", port, "", containerPort);
      nginx.proxy.build(calls.call(), app);
      assertThat(Http.get(port, "blog.example.com")).startsWith("502 ").contains("(500)");

      nginx.listeners.put(app, OLD + ":" + containerPort);
      nginx.proxy.build(calls.call(), app);
      assertThat(Http.get(port, "blog.example.com")).isEqualTo("200 hello");
      assertThat(backend.requests).hasValue(1);

      nginx.proxy.clear(calls.call(), app);
      assertThatThrownBy(() -> Http.get(port, "blog.example.com")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void failsNoRequestAndReachesNoOldBackendWhenRoutesChangeUnderLoad() throws Exception {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend first = new Backend(OLD, containerPort, "first");
        Backend second = new Backend(NEW, containerPort, "second");
        Load load = new Load(4, port, "blog.example.com")) {
      AppName app = nginx.app("blog", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), app);
      load.start();
      for (int i = 0; i < 20; i++) {
        boolean odd = i % 2 == 1;
        nginx.listeners.put(app, (odd ? OLD : NEW) + ":" + containerPort);
        nginx.proxy.build(calls.call(), app);
        assertThat(Http.get(port, "blog.example.com")).isEqualTo(odd ? "200 first" : "200 second");
        assertThat(nginx.proxy.awaitDrained(Duration.ofSeconds(20))).isTrue();
        Backend old = odd ? second : first;
        long reached = old.requests.get();
        load.awaitMore(50);
        assertThat(old.requests).hasValue(reached);
      }
      assertThat(load.stop()).isEmpty();
    }
  }

  @Test
  void provesTheNewGenerationThoughAnOldConnectionIsStillServed() throws Exception {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend first = new Backend(OLD, containerPort, "first");
        Backend second = new Backend(NEW, containerPort, "second");
        SlowClient slow = new SlowClient(port)) {
      AppName app = nginx.app("blog", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), app);
      slow.begin();
      nginx.listeners.put(app, NEW + ":" + containerPort);
      nginx.proxy.build(calls.call(), app);

      for (int i = 0; i < 50; i++) {
        assertThat(Http.get(port, "blog.example.com")).isEqualTo("200 second");
      }
      assertThat(nginx.proxy.awaitDrained(Duration.ofMillis(200))).isFalse();
      assertThat(slow.finish("blog.example.com")).isEqualTo("200 first");
      assertThat(nginx.proxy.awaitDrained(Duration.ofSeconds(20))).isTrue();
      assertThat(first.requests).hasValue(1);
      assertThat(second.requests).hasValue(50);
    }
  }

  @Test
  void putsTheOldFileBackWhenAPluginMakesItInvalid() throws IOException {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend backend = new Backend(OLD, containerPort, "hello")) {
      AppName app = nginx.app("blog", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), app);
      String good = nginx.read(nginx.site(app));
      AtomicBoolean spoil = new AtomicBoolean(true);
      nginx.handlers.on(
          "zz",
          CoreTriggers.NGINX_PRE_RELOAD,
          at -> {
            if (spoil.get()) {
              String text = nginx.read(nginx.site(app));
              nginx.files.write(nginx.site(app), text + "nonsense;\n", DurableFiles.READABLE);
            }
          });
      nginx.listeners.put(app, NEW + ":" + containerPort);

      assertThatThrownBy(() -> nginx.proxy.build(calls.call(), app))
          .isInstanceOf(ToolFailure.class)
          .hasMessageContaining("nginx refuses the configuration of blog")
          .hasMessageContaining("unknown directive \"nonsense\"");
      assertThat(nginx.read(nginx.site(app))).isEqualTo(good);
      assertThat(Http.get(port, "blog.example.com")).isEqualTo("200 hello");
      assertThat(backend.requests).hasValue(1);
    }
  }

  @Test
  void letsNoBadFileOfAnotherAppBlockThisOne() throws IOException {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend backend = new Backend(OLD, containerPort, "hello")) {
      AppName other = nginx.app("another", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), other);
      String good = nginx.read(nginx.site(other));
      nginx.files.write(nginx.site(other), good + "server { oops", DurableFiles.READABLE);

      AppName app = nginx.app("blog", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), app);

      assertThat(Http.get(port, "blog.example.com")).isEqualTo("200 hello");
      assertThat(Http.get(port, "another.example.com")).isEqualTo("200 hello");
      assertThat(nginx.read(nginx.site(other))).isEqualTo(good);
      assertThat(calls.err())
          .contains("nginx refuses the configuration of another, its last good file is back");
      assertThat(nginx.read(aside(nginx, "another/refused/nginx.conf"))).contains("server { oops");
      assertThat(backend.requests).hasValue(2);
    }
  }

  @Test
  void closesAnAppWhosePluginFileWasNeverGood() throws IOException {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend backend = new Backend(OLD, containerPort, "hello")) {
      AppName other = nginx.app("another", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), other);
      Path plugin = nginx.roots.app(other).resolve("nginx.conf.d/auth.conf");
      nginx.files.write(plugin, "auth_basic;\n", DurableFiles.READABLE);

      AppName app = nginx.app("blog", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), app);

      assertThat(Http.get(port, "blog.example.com")).isEqualTo("200 hello");
      assertThat(Http.get(port, "another.example.com")).startsWith("503 ");
      assertThat(calls.err()).contains("it answers 503 until it is mended");
      assertThat(backend.requests).hasValue(1);
    }
  }

  @Test
  void bringsFiftyAppsInWithFewReloads() throws Exception {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend backend = new Backend(OLD, containerPort, "hello");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long before = nginx.generation();
      List<Future<?>> builds = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        AppName app = nginx.app("app" + i, port, OLD, containerPort);
        builds.add(threads.submit(() -> nginx.proxy.build(new TestCalls().call(), app)));
      }
      for (Future<?> build : builds) {
        build.get();
      }
      for (int i = 0; i < 50; i++) {
        assertThat(Http.get(port, "app" + i + ".example.com")).isEqualTo("200 hello");
      }
      assertThat(nginx.generation() - before).isLessThan(25);
      assertThat(backend.requests).hasValue(50);
    }
  }

  @Test
  void saysThatNginxDoesNotRunAndLeavesTheFileForItsStart() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName app = nginx.app("blog", port, OLD, containerPort);
    nginx.proxy.build(calls.call(), app);
    assertThat(calls.err()).contains("nginx does not run; blog is served once it starts");
    assertThat(nginx.read(nginx.site(app))).contains("server_name blog.example.com;");
  }

  @Test
  void refusesABuildWhoseFileAnotherBuildFindsBad() throws IOException {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        Backend backend = new Backend(OLD, containerPort, "hello")) {
      AppName app = nginx.app("blog", port, OLD, containerPort);
      AppName other = nginx.app("another", port, OLD, containerPort);
      nginx.proxy.build(calls.call(), app);
      String good = nginx.read(nginx.site(app));
      nginx.handlers.on(
          "zz",
          CoreTriggers.NGINX_PRE_RELOAD,
          at -> {
            if (at.app(0).equals(app)) {
              nginx.files.write(nginx.site(app), "nonsense;\n", DurableFiles.READABLE);
              nginx.proxy.build(calls.call(), other);
            }
          });
      nginx.listeners.put(app, NEW + ":" + containerPort);

      assertThatThrownBy(() -> nginx.proxy.build(calls.call(), app))
          .isInstanceOf(ToolFailure.class)
          .hasMessageContaining("nginx refuses the configuration of blog");
      assertThat(nginx.read(nginx.site(app))).isEqualTo(good);
      assertThat(Http.get(port, "blog.example.com")).isEqualTo("200 hello");
      assertThat(Http.get(port, "another.example.com")).isEqualTo("200 hello");
      assertThat(backend.requests).hasValue(2);
    }
  }

  @Test
  void removesWhatAKilledTestLeft() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    Path left = HttpConfig.folder(nginx.roots).resolve("temp/blog.7.conf");
    nginx.files.write(left, "server {}\n", DurableFiles.READABLE);
    nginx.proxy.prepare();
    assertThat(left).doesNotExist();
    assertThat(left.getParent()).isDirectory();
  }

  private static Path aside(PrivateNginx nginx, String path) {
    return nginx.roots.data("nginx-vhosts").resolve("app-" + path);
  }

  /** Constant requests, each over a new connection; notes each that fails. */
  private static final class Load implements AutoCloseable {
    private final int threads;
    private final int port;
    private final String host;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopped;

    Load(int threads, int port, String host) {
      this.threads = threads;
      this.port = port;
      this.host = host;
    }

    void start() {
      for (int i = 0; i < threads; i++) {
        executor.submit(this::ask);
      }
    }

    private void ask() {
      while (!stopped) {
        try {
          String answer = Http.get(port, host);
          if (!answer.startsWith("200 ")) {
            failures.add(answer);
          }
        } catch (IOException e) {
          failures.add(e.toString());
        }
        done.incrementAndGet();
      }
    }

    void awaitMore(long requests) {
      long target = done.get() + requests;
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (done.get() < target) {
        assertThat(System.nanoTime()).as("load stalled").isLessThan(end);
        Thread.onSpinWait();
      }
    }

    List<String> stop() {
      close();
      return List.copyOf(failures);
    }

    @Override
    public void close() {
      stopped = true;
      executor.close();
    }
  }

  /** Begins a request and lets it hang, so that the worker which took it has to stay. */
  private static final class SlowClient implements AutoCloseable {
    private final int port;
    private final List<Http> open = new ArrayList<>();

    SlowClient(int port) {
      this.port = port;
    }

    void begin() throws IOException {
      Http http = new Http(port);
      http.send("GET / HTTP/1.1\r\n");
      open.add(http);
    }

    String finish(String host) throws IOException {
      Http http = open.getFirst();
      http.send("Host: " + host + "\r\nConnection: close\r\n\r\n");
      return http.answer();
    }

    @Override
    public void close() throws IOException {
      for (Http http : open) {
        http.close();
      }
    }
  }
}
