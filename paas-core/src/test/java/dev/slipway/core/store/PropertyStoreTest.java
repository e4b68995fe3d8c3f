package dev.slipway.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PropertyStoreTest {
  private static final AppName BLOG = new AppName("blog");
  private static final Scope APP = Scope.of(BLOG);

  @TempDir Path folder;
  private PropertyStore store;

  @BeforeEach
  void prepare() {
    Roots roots = TestRoots.below(folder);
    store = new PropertyStore(roots, new DurableFiles(roots));
  }

  private Path file(String path) {
    return folder.resolve("lib/config").resolve(path);
  }

  @Test
  void keepsAScalarWithoutLineEndInTheLayoutOfTheReference() throws IOException {
    store.set("ps", APP, "restart-policy", "on-failure:10");
    store.set("ps", Scope.GLOBAL, "restart-policy", "no");

    assertThat(file("ps/blog/restart-policy")).hasContent("on-failure:10");
    assertThat(file("ps/--global/restart-policy")).hasContent("no");
    assertThat(PosixFilePermissions.toString(mode("ps/blog/restart-policy")))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(mode("ps/blog"))).isEqualTo("rwxr-xr-x");
  }

  private java.util.Set<java.nio.file.attribute.PosixFilePermission> mode(String path)
      throws IOException {
    return Files.getPosixFilePermissions(file(path));
  }

  @Test
  void losesNoChangeOfManyThatAreMadeAtOnce() throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "n" + i;
      all.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      store.update(
                          "checks",
                          APP,
                          "skipped",
                          text -> text + (text.isEmpty() ? "" : ",") + name)));
      all.add(
          Thread.ofVirtual()
              .start(() -> store.updateList("ps", APP, "scale", lines -> with(lines, name))));
    }
    for (Thread each : all) {
      each.join();
    }

    assertThat(store.get("checks", APP, "skipped").orElse("").split(",", -1)).hasSize(40);
    assertThat(store.list("ps", APP, "scale")).hasSize(40);
  }

  @Test
  void tellsAnEmptyValueFromNone() throws IOException {
    assertThat(store.get("git", APP, "rev-env-var")).isEmpty();

    Files.createDirectories(file("git/blog"));
    Files.writeString(file("git/blog/rev-env-var"), "");

    assertThat(store.get("git", APP, "rev-env-var")).contains("");
  }

  @Test
  void findsTheEffectiveValue() {
    assertThat(store.effective("ps", BLOG, "k", "default")).isEqualTo("default");
    store.set("ps", Scope.GLOBAL, "k", "global");
    assertThat(store.effective("ps", BLOG, "k", "default")).isEqualTo("global");
    store.set("ps", APP, "k", "own");
    assertThat(store.effective("ps", BLOG, "k", "default")).isEqualTo("own");
    store.set("ps", APP, "k", "");
    assertThat(store.effective("ps", BLOG, "k", "default")).isEqualTo("global");
  }

  @Test
  void removesWhatIsNotThereWithoutComplaint() {
    store.unset("ps", APP, "k");
    store.destroy("ps", BLOG);

    assertThat(store.get("ps", APP, "k")).isEmpty();
  }

  @Test
  void keepsAListOneValueALine() {
    store.setList("ports", APP, "map", List.of("http:80:5000", "https:443:5000"));

    assertThat(file("ports/blog/map")).hasContent("http:80:5000\nhttps:443:5000\n");
    assertThat(store.list("ports", APP, "map")).containsExactly("http:80:5000", "https:443:5000");

    store.setList("ports", APP, "map", List.of());
    assertThat(file("ports/blog/map")).doesNotExist();
  }

  @Test
  void losesNoValueWhenManyChangeOneListThatIsEmptiedInBetween() throws Exception {
    int writers = 6;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      String mine = "value-" + i;
      threads.add(Thread.startVirtualThread(() -> addAndRemove(mine)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store.list("ports", APP, "map"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.iterate(0, i -> i + 1).limit(writers).map(i -> "value-" + i).toList());
  }

  private void addAndRemove(String value) {
    for (int i = 0; i < 10; i++) {
      store.updateList("ports", APP, "map", list -> without(list, value));
      store.updateList("ports", APP, "map", list -> with(list, value));
    }
  }

  private static List<String> without(List<String> list, String value) {
    return list.stream().filter(each -> !each.equals(value)).toList();
  }

  private static List<String> with(List<String> list, String value) {
    return Stream.concat(list.stream(), Stream.of(value)).toList();
  }

  @Test
  void listsAllPropertiesOfAScope() throws IOException {
    store.set("registry", APP, "server", "x");
    store.set("registry", APP, "image-repo", "y");
    Files.createDirectories(file("registry/blog/folder"));

    assertThat(store.all("registry", APP).toString()).isEqualTo("{image-repo=y, server=x}");
  }

  @Test
  void destroysTheValuesOfOneAppOnly() {
    store.set("ps", APP, "k", "1");
    store.set("ps", Scope.of(new AppName("shop")), "k", "2");

    store.destroy("ps", BLOG);

    assertThat(file("ps/blog")).doesNotExist();
    assertThat(file("ps/shop/k")).hasContent("2");
  }

  @Test
  void refusesKeysThatLeaveTheirFolder() {
    for (String key : List.of("", "..", ".hidden", "a/b", "../../x")) {
      assertThatThrownBy(() -> store.set("ps", APP, key, "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
