package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Domain;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the parsers let through, the real nginx takes it and nothing is added to it. */
class AcceptedInputIT {
  private static final String ALPHABET = "aZ09.-*_.-*\\;{}$ \"'#~^\n:/";
  private static final int ROUNDS = 20;

  @TempDir Path folder;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final TestCalls calls = new TestCalls();

  private String text(int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most) + 1;
    int letters = random.nextBoolean() ? 10 : ALPHABET.length();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(letters)));
    }
    return text.toString();
  }

  private Optional<Refusal> test(PrivateNginx nginx) {
    Generation generation =
        new Generation(HttpConfig.folder(nginx.roots), nginx.host.statusPort(), nginx.files);
    return new Nginx(nginx.host, new Programs(Optional.empty()), generation, Duration.ofSeconds(9))
        .test();
  }

  @Test
  void takesEveryDomainThatIsAccepted() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    for (int round = 0; round < ROUNDS; round++) {
      AppName app = nginx.app("blog", PrivateNginx.freePort(), "127.0.0.2", 5000);
      Set<String> accepted = new LinkedHashSet<>(List.of("*", "_", "*.a", ".a", "a.*"));
      for (int i = 0; i < 20_000; i++) {
        String text = text(12);
        if (Domain.isValid(text)) {
          accepted.add(text);
        }
      }
      nginx.files.write(
          nginx.roots.app(app).resolve("VHOST"),
          String.join("\n", accepted),
          DurableFiles.READABLE);
      nginx.proxy.build(calls.call(), app);
      assertThat(test(nginx)).as("seed %d, domains %s", seed, accepted).isEmpty();
      assertThat(nginx.read(nginx.site(app)).lines().filter(line -> line.startsWith("server {")))
          .hasSize(1);
    }
  }

  @Test
  void takesTenThousandDomainsAndTheLongestOne() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName app = nginx.app("blog", PrivateNginx.freePort(), "127.0.0.2", 5000);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      names.add("name" + i + ".example.com");
    }
    names.add(("a".repeat(62) + ".").repeat(4) + "b");
    assertThat(names.getLast()).hasSize(Domain.MAX_LENGTH);
    nginx.domains.set(calls.call(), app, names.stream().map(Domain::parse).toList());
    assertThat(test(nginx)).isEmpty();
  }

  @Test
  void leavesOutWhatSomebodyWroteIntoTheFilesPastTheParsers() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName app = nginx.app("blog", PrivateNginx.freePort(), "127.0.0.2", 5000);
    nginx.files.write(
        nginx.roots.app(app).resolve("VHOST"),
        "good.example.com\nexample.com; include /etc/passwd\n}\n\\\n",
        DurableFiles.READABLE);
    nginx.listeners.put(app, "127.0.0.2:5000 127.0.0.3;deny:5000");
    nginx.proxy.build(calls.call(), app);
    assertThat(nginx.read(nginx.site(app)))
        .contains("server_name good.example.com;", "server 127.0.0.2:5000;")
        .doesNotContain("passwd", "deny", "\\");
    assertThat(calls.err()).contains("Ignoring a domain of blog that cannot be served");
    assertThat(test(nginx)).isEmpty();
  }

  @Test
  void takesASiteWithACertificate() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    AppName app = nginx.app("blog", 80, "127.0.0.2", 5000);
    nginx.store.setList(
        "ports",
        Scope.of(app),
        "map",
        List.of("grpcs:50051:5001", "http:80:5000", "https:8443:5000"));
    nginx.certify(app);
    nginx.proxy.build(calls.call(), app);
    assertThat(test(nginx)).isEmpty();
    assertThat(nginx.read(nginx.site(app))).contains("return 301", "ssl_certificate", "grpc_pass");
    assertThat(nginx.read(nginx.roots.app(app).resolve("nginx.conf.d/hsts.conf")))
        .startsWith("add_header Strict-Transport-Security");
    assertThat(calls.out())
        .isEqualTo(
            """
            -----> Configuring blog.example.com...(using built-in template)
            -----> Creating https nginx.conf
                   Enabling HSTS (using built-in template)
                   Reloading nginx
            """);
  }

  @Test
  void takesEveryPortMappingThatIsAccepted() {
    PrivateNginx nginx = PrivateNginx.prepared(folder);
    String[] schemes = {"http", "grpc", "udp", "tcp", "x", "on", "http{", "https"};
    for (int round = 0; round < ROUNDS; round++) {
      AppName app = nginx.app("blog", 80, "127.0.0.2", 5000);
      Set<String> accepted = new LinkedHashSet<>();
      for (int i = 0; i < 20; i++) {
        String scheme = random.nextBoolean() ? text(4) : schemes[random.nextInt(schemes.length)];
        String text = scheme + ":" + port() + ":" + port();
        try {
          accepted.add(PortMapping.parse(text).toString());
        } catch (UserError refused) {
          assertThat(refused).hasMessageStartingWith("Invalid port map");
        }
      }
      nginx.store.setList("ports", Scope.of(app), "map", List.copyOf(accepted));
      nginx.proxy.build(calls.call(), app);
      assertThat(test(nginx)).as("seed %d, mappings %s", seed, accepted).isEmpty();
    }
  }

  private int port() {
    return random.nextInt(40_000, 60_000);
  }
}
