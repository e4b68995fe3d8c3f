package dev.slipway.core.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BuildCacheTest {
  private final AppName app = new AppName("blog");
  private final MemoryEngine engine = new MemoryEngine();
  private final BuildCache cache = new BuildCache(engine, new InstallationId("mine"));

  @Test
  void isMadeOnceLabelledAndPurged() {
    assertThat(cache.ensure(app)).isEqualTo("cache-blog");
    cache.ensure(app);

    assertThat(engine.volume("cache-blog").orElseThrow())
        .containsEntry("com.dokku.app-name", "blog")
        .containsEntry("com.dokku.builder-type", "herokuish")
        .containsEntry("org.label-schema.vendor", "dokku")
        .containsEntry("dev.slipway.installation", "mine");
    cache.purge(app);
    cache.purge(app);
    assertThat(engine.volume("cache-blog")).isEmpty();
  }

  @Test
  void takesOverWhatTheReferenceMade() {
    engine.createVolume("cache-blog", Map.of("com.dokku.app-name", "blog"));

    assertThat(cache.ensure(app)).isEqualTo("cache-blog");
  }

  @Test
  void leavesAnothersVolumeAloneAndNamesItsOwner() {
    engine.createVolume(
        "cache-blog", Map.of("com.dokku.app-name", "blog", "dev.slipway.installation", "theirs"));
    assertThatThrownBy(() -> cache.ensure(app))
        .hasMessageContaining("belongs to the installation theirs");
    assertThatThrownBy(() -> cache.purge(app)).hasMessageContaining("theirs");
    assertThat(engine.volume("cache-blog")).isPresent();

    engine.removeVolume("cache-blog");
    engine.createVolume("cache-blog", Map.of());
    assertThatThrownBy(() -> cache.ensure(app)).hasMessageContaining("was not made for this app");
  }
}
