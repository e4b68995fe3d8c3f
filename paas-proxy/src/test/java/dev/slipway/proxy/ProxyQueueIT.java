package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProxyQueueIT {
  private static final Duration LIMIT = Duration.ofSeconds(6);

  @TempDir Path folder;

  private final TestCalls calls = new TestCalls();
  private final int port = PrivateNginx.freePort();

  private static SiteFiles sites(PrivateNginx nginx) {
    return new SiteFiles(nginx.roots, nginx.files);
  }

  private ProxyQueue queue(PrivateNginx nginx, ProxyQueue.Closed closed) {
    return queue(nginx, sites(nginx), closed);
  }

  private ProxyQueue queue(PrivateNginx nginx, SiteFiles sites, ProxyQueue.Closed closed) {
    Generation generation =
        new Generation(HttpConfig.folder(nginx.roots), nginx.host.statusPort(), nginx.files);
    return new ProxyQueue(
        new Nginx(nginx.host, new Programs(Optional.empty()), generation, LIMIT),
        new LastGood(nginx.roots, nginx.files),
        sites,
        nginx.roots.dokkuRoot(),
        closed);
  }

  private static void write(PrivateNginx nginx, AppName app, String text) {
    nginx.files.write(nginx.site(app), text, DurableFiles.READABLE);
  }

  private Change change(PrivateNginx nginx, Call call, AppName app) {
    return new Change(call, app, 0, "", () -> nginx.files.delete(nginx.site(app)));
  }

  @Test
  void whatRunsAfterAReloadThatFailedIsWhatLiesThere() throws IOException {
    try (PrivateNginx nginx = PrivateNginx.running(folder);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
      AppName app = nginx.app("blog", port, "", 5000);
      write(nginx, app, "server { listen 0.0.0.0:" + taken.getLocalPort() + "; }\n");
      ProxyQueue queue = queue(nginx, other -> "");

      assertThatThrownBy(() -> queue.submit(change(nginx, calls.call(), app)))
          .isInstanceOf(ToolFailure.class)
          .hasMessageContaining("nginx still serves the old configuration");

      assertThat(nginx.site(app)).doesNotExist();
      assertThat(
              new Generation(HttpConfig.folder(nginx.roots), nginx.host.statusPort(), nginx.files)
                  .served())
          .hasValue(nginx.generation());
    }
  }

  @Test
  void everyoneGetsAnOutcomeWhateverGoesWrong() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName bad = nginx.app("bad", port, "", 5000);
    AppName app = nginx.app("blog", port, "", 5000);
    write(nginx, bad, "nonsense");
    write(nginx, app, "# empty\n");
    ProxyQueue queue =
        queue(
            nginx,
            other -> {
              throw new AssertionError("a bug");
            });

    assertThatThrownBy(() -> queue.submit(change(nginx, calls.call(), app)))
        .hasRootCauseMessage("a bug");
    assertThat(nginx.site(app)).doesNotExist();
    assertThat(nginx.site(bad)).exists();
  }

  @Test
  void refusesABuildWhoseBadFileIsMetBeforeItGetsHere() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName bad = nginx.app("bad", port, "", 5000);
    AppName app = nginx.app("blog", port, "", 5000);
    SiteFiles sites = sites(nginx);
    ProxyQueue queue = queue(nginx, sites, other -> "# closed\n");
    write(nginx, bad, "# accepted\n");
    write(nginx, app, "# empty\n");
    long ticket = sites.ticket();
    sites.put(bad, ticket, Map.of(nginx.site(bad), Optional.of("nonsense")));

    queue.submit(change(nginx, calls.call(), app));

    assertThat(nginx.site(bad)).hasContent("# accepted");
    assertThat(calls.err()).doesNotContain("bad");
    assertThatThrownBy(
            () ->
                queue.submit(
                    new Change(calls.call(), bad, ticket, "", () -> sites.takeBack(bad, ticket))))
        .isInstanceOf(ToolFailure.class)
        .hasMessageContaining("nginx refuses the configuration of bad, the one from before stays");
    assertThat(sites.refused(ticket)).isEmpty();
  }

  @Test
  void keepsNoCopyOfAFileThatIsStillUnderWay() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName shop = nginx.app("shop", port, "", 5000);
    AppName app = nginx.app("blog", port, "", 5000);
    SiteFiles sites = sites(nginx);
    ProxyQueue queue = queue(nginx, sites, other -> "# closed\n");
    write(nginx, app, "# empty\n");
    sites.put(shop, sites.ticket(), Map.of(nginx.site(shop), Optional.of("# new\n")));

    queue.submit(change(nginx, calls.call(), app));

    LastGood lastGood = new LastGood(nginx.roots, nginx.files);
    assertThat(lastGood.accepted(app, nginx.site(app))).contains("# empty\n");
    assertThat(lastGood.accepted(shop, nginx.site(shop))).isEmpty();
  }

  @Test
  void whoDoesNotReadHisWarningHoldsUpNoOther() throws Exception {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName bad = nginx.app("bad", port, "", 5000);
    AppName app = nginx.app("blog", port, "", 5000);
    AppName shop = nginx.app("shop", port, "", 5000);
    write(nginx, bad, "nonsense");
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ProxyQueue queue = queue(nginx, other -> "# closed\n");
    Thread silent =
        Thread.ofVirtual()
            .start(() -> queue.submit(change(nginx, notReading(stuck, release), app)));
    stuck.await();

    write(nginx, shop, "# empty\n");
    queue.submit(change(nginx, calls.call(), shop));

    assertThat(calls.err()).contains("nginx does not run; shop is served once it starts");
    assertThat(Files.readString(nginx.site(bad))).isEqualTo("# closed\n");
    release.countDown();
    silent.join();
  }

  private Call notReading(CountDownLatch stuck, CountDownLatch release) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            stuck.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    return calls
        .call()
        .withStreams(new Streams(InputStream.nullInputStream(), full, full), program -> 127);
  }
}
