package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_LIST;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_VHOST_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DOMAINS_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_DISABLE_VHOST;
import static dev.slipway.core.triggers.CoreTriggers.PRE_ENABLE_VHOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Domain;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainsTest {
  private final RecordedCall recorded = new RecordedCall();
  private final Call call = recorded.call();
  private final TestInstallation installation;
  private final Domains domains;
  private final AppName blog;

  DomainsTest(@TempDir Path folder) {
    installation =
        new TestInstallation(folder)
            .watch(POST_DOMAINS_UPDATE, PRE_DISABLE_VHOST, PRE_ENABLE_VHOST);
    domains = new Domains(installation.roots, installation.files, installation.triggers);
    blog = installation.app("blog");
  }

  @BeforeEach
  void register() {
    domains.register(installation.handlers);
  }

  private static List<Domain> names(String... names) {
    return Domains.parse(List.of(names));
  }

  @Test
  void addsInOrderAndSkipsWhatIsThere() {
    domains.add(call, blog, names("b.example.com", "a.example.com"));
    domains.add(call, blog, names("a.example.com", "c.example.com"));

    assertThat(installation.read(blog, "VHOST"))
        .contains("b.example.com\na.example.com\nc.example.com\n");
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Added b.example.com to blog
            -----> Added a.example.com to blog
            -----> Skipping: a.example.com already added to blog
            -----> Added c.example.com to blog
            """);
    assertThat(installation.fired())
        .containsExactly(
            "post-domains-update blog add b.example.com a.example.com",
            "post-domains-update blog add a.example.com c.example.com");
  }

  @Test
  void addsADomainGivenTwiceOnce() {
    domains.add(call, blog, names("a.example.com", "a.example.com"));
    assertThat(installation.read(blog, "VHOST")).contains("a.example.com\n");
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Added a.example.com to blog
            -----> Skipping: a.example.com already added to blog
            """);
  }

  @Test
  void warnsOfADomainThatAnotherAppHas() {
    installation.write(installation.app("shop"), "VHOST", "A.example.com\n");
    domains.add(call, blog, names("a.example.com"));
    assertThat(recorded.err())
        .isEqualTo(
            " !     a.example.com is a domain of another app too; the proxy sends its requests to"
                + " one of them\n");
    assertThat(installation.read(blog, "VHOST")).contains("a.example.com\n");
  }

  @Test
  void putsTheOldFileBackWhenTheProxyRefuses() {
    installation.write(blog, "VHOST", "old.example.com\n");
    installation.refuse(POST_DOMAINS_UPDATE);

    assertThatThrownBy(() -> domains.add(call, blog, names("new.example.com")))
        .isInstanceOf(ToolFailure.class);
    assertThat(installation.read(blog, "VHOST")).contains("old.example.com\n");
  }

  @Test
  void removesExactlyTheNameAndNotWhatAnExpressionWouldMatch() {
    installation.write(blog, "VHOST", "aXb.com\na.b.com\na.b.company\n");
    domains.remove(call, blog, List.of("a.b.com", "missing"));
    assertThat(installation.read(blog, "VHOST")).contains("aXb.com\na.b.company\n");
    assertThat(recorded.out())
        .isEqualTo("-----> Removed a.b.com from blog\n-----> Removed missing from blog\n");
  }

  @Test
  void leavesAnEmptyFileWhenTheLastDomainIsRemoved() {
    installation.write(blog, "VHOST", "a.b.com\n");
    domains.remove(call, blog, List.of("a.b.com"));
    assertThat(installation.read(blog, "VHOST")).contains("");
  }

  @Test
  void keepsTheAddedDomainWhenAddingEnablesADisabledApp() {
    installation.writeGlobal("VHOST", "example.com\n");
    installation.setConfig(blog, "NO_VHOST", "1");

    domains.add(call, blog, names("mine.example.org"));

    assertThat(installation.read(blog, "VHOST")).contains("mine.example.org\n");
    assertThat(installation.fired())
        .containsExactly(
            "pre-enable-vhost blog",
            "config-set --no-restart blog NO_VHOST=0",
            "post-domains-update blog enable",
            "post-domains-update blog add mine.example.org");
  }

  @Test
  void givesANewAppItsDefaultDomains() {
    installation.writeGlobal("VHOST", "example.com\n203.0.113.7\nexample.org\n");
    installation.triggers.fire(call, POST_CREATE, blog);
    assertThat(installation.read(blog, "VHOST")).contains("blog.example.com\nblog.example.org\n");
    assertThat(recorded.out()).isEqualTo("-----> Creating new app virtual host file...\n");
  }

  @Test
  void usesTheNameOfAnAppThatIsADomainItself() {
    installation.writeGlobal("VHOST", "example.com\n");
    AppName dotted = installation.app("www.example.com");
    installation.triggers.fire(call, POST_CREATE, dotted);
    assertThat(installation.read(dotted, "VHOST")).contains("www.example.com\n");
  }

  @Test
  void disablesDomainsOfANewAppWithoutGlobalOnes() {
    installation.triggers.fire(call, POST_CREATE, blog);
    assertThat(recorded.out())
        .isEqualTo("-----> Global server virtual host not set, disabling app vhost...\n");
    assertThat(installation.fired())
        .containsExactly(
            "pre-disable-vhost blog",
            "config-set --no-restart blog NO_VHOST=1",
            "post-domains-update blog disable");
    assertThat(installation.triggers.holds(call, DOMAINS_VHOST_ENABLED, blog)).isFalse();
  }

  @Test
  void listsNothingWhileDisabled() {
    installation.write(blog, "VHOST", "a.b.com\n");
    assertThat(installation.triggers.ask(call, DOMAINS_LIST, blog)).isEqualTo("a.b.com");
    installation.setConfig(blog, "NO_VHOST", "1");
    assertThat(installation.triggers.ask(call, DOMAINS_LIST, blog)).isEmpty();
  }

  @Test
  void disablesAndEnablesOnce() {
    installation.writeGlobal("VHOST", "example.com\n");
    installation.write(blog, "VHOST", "a.b.com\n");
    domains.disable(call, blog);
    domains.disable(call, blog);
    domains.enable(call, blog);
    domains.enable(call, blog);

    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> App virtual host support disabled
            -----> Domains (VHOST) support is already disabled for app (blog)
            -----> Domains (VHOST) support is already enabled for app (blog)
            """);
    assertThat(installation.read(blog, "VHOST")).contains("blog.example.com\n");
    assertThat(installation.fired()).contains("config-set blog NO_VHOST=0");
  }

  @Test
  void clearsAndResets() {
    installation.writeGlobal("VHOST", "example.com\n");
    installation.write(blog, "VHOST", "a.b.com\n");
    domains.clear(call, blog);
    assertThat(installation.read(blog, "VHOST")).isEmpty();
    domains.reset(call, blog);
    assertThat(installation.read(blog, "VHOST")).contains("blog.example.com\n");
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Cleared domains in blog
            -----> Cleared domains in blog
            -----> Creating new app virtual host file...
            -----> Reset domains for blog
            """);
  }

  @Test
  void keepsGlobalDomains() {
    GlobalDomains global = domains.global();
    assertThatThrownBy(() -> global.clear(call)).isInstanceOf(UserError.class);
    global.add(call, names("a.com", "b.com", "a.com"));
    global.remove(call, List.of("b.com"));
    assertThat(global.list()).containsExactly("a.com");
    global.set(call, names("c.com", "d.com"));
    global.clear(call);
    assertThat(global.list()).isEmpty();
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Added a.com
            -----> Added b.com
            -----> Skipping: a.com already added
            -----> Removed b.com
            -----> Set c.com d.com
            -----> Clearing global domains
            """);
  }

  @Test
  void reportsDomainsOfAnApp() {
    installation.writeGlobal("VHOST", "example.com\n");
    installation.write(blog, "VHOST", "a.b.com\n c.d.com \n");
    VisibleApps only =
        new VisibleApps() {
          @Override
          public List<AppName> list(Call caller) {
            return List.of(blog);
          }

          @Override
          public AppName existing(Call caller, String name) {
            return blog;
          }
        };
    new Reports(only).run(call, domains.report().report(), List.of("blog"));
    assertThat(recorded.out())
        .isEqualTo(
            """
            =====> blog domains information
                   Domains app enabled:           true
                   Domains app vhosts:            a.b.com c.d.com
                   Domains global enabled:        true
                   Domains global vhosts:         example.com
            """);
  }
}
