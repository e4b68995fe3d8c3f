package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deploy after deploy while requests come in without a pause: none fails. */
@Tag(Soak.TAG)
final class DeploysUnderLoadIT {
  private static final int DEPLOYS = Soak.size(2, 100);

  @AutoClose private static final Server server = Server.launch();

  @Test
  void noRequestFailsDuringManyDeploys() {
    String app = server.newApp("busy");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    try (Load load = Load.on(server, app, 4)) {
      for (int deploy = 1; deploy <= DEPLOYS; deploy++) {
        repository.write("page.txt", "Version " + deploy).commit("Version " + deploy);
        repository.push().succeeded();
        assertThat(server.get(app, "/").body()).isEqualTo("Version " + deploy + "\n");
      }
      load.close();
      assertThat(load.failures()).isEmpty();
      assertThat(load.total()).isGreaterThan(DEPLOYS);
    }
  }
}
