package dev.slipway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.StateFiles.Kind;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final Instance WEB = new Instance(ProcessType.WEB, 1);

  private final TestInstallation installation;
  private final StateFiles state;
  private final AppName blog;

  StateFilesTest(@TempDir Path folder) {
    installation = new TestInstallation(folder);
    state = new StateFiles(installation.roots, installation.files);
    blog = installation.app("blog");
  }

  @Test
  void writesAContainerWithALineEndAndAListenerWithout() {
    state.write(blog, WEB, ID);
    state.writeListener(blog, Kind.IP, WEB, "10.0.0.7");

    assertThat(installation.read(blog, "CONTAINER.web.1")).contains(ID + "\n");
    assertThat(installation.read(blog, "IP.web.1")).contains("10.0.0.7");
    assertThat(state.containers(blog)).containsOnly(Map.entry(WEB, ID));
  }

  @Test
  void whatHasNotTheShapeOfItsKindIsNotThere() {
    for (String name : new String[] {"web.0", "web.01", "web.x", "web", "a b.1", "web.1.2", ""}) {
      installation.write(blog, "CONTAINER." + name, ID);
    }
    installation.write(blog, "CONTAINER.web.1", "; rm -rf /\n");
    installation.write(blog, "CONTAINER.web.2", "");
    installation.write(blog, "IP.web.1", "10.0.0.1; deny all");

    assertThat(state.containers(blog)).isEmpty();
    assertThat(state.value(blog, Kind.IP, WEB)).isEmpty();
  }

  @Test
  void sortsByNumberAndOnRequestByName() {
    for (int index : new int[] {10, 2, 1}) {
      state.write(blog, new Instance(ProcessType.WEB, index), ID);
    }
    var byName = new TreeMap<Instance, String>(StateFiles.LEXICAL);
    byName.putAll(state.containers(blog));

    assertThat(state.containers(blog).keySet())
        .extracting(Instance::index)
        .containsExactly(1, 2, 10);
    assertThat(byName.keySet()).extracting(Instance::index).containsExactly(1, 10, 2);
  }

  @Test
  void readsTheInstancesOfOneType() {
    Instance worker = new Instance(new ProcessType("worker"), 1);
    state.write(blog, WEB, ID);
    state.write(blog, worker, ID);

    assertThat(state.containers(blog, Optional.of(worker.type()))).containsOnlyKeys(worker);
  }

  @Test
  void removesListenersAndKeepsContainers() {
    state.write(blog, WEB, ID);
    state.writeListener(blog, Kind.IP, WEB, "10.0.0.7");
    state.writeListener(blog, Kind.PORT, WEB, "5000");
    installation.write(blog, "PORT.web.2", "nonsense");
    state.removeListeners(blog);

    assertThat(installation.read(blog, "IP.web.1")).isEmpty();
    assertThat(installation.read(blog, "PORT.web.1")).isEmpty();
    assertThat(installation.read(blog, "PORT.web.2")).isEmpty();
    assertThat(state.ids(blog)).containsExactly(ID);
  }

  @Test
  void anAppThatIsGoneHasNothing() {
    assertThat(state.containers(AppName.parse("gone"))).isEmpty();
  }
}
