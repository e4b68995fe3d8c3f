package dev.slipway.core.buildpacks;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_GET_CONTENT;
import static dev.slipway.core.triggers.CoreTriggers.BUILDPACK_STACK_NAME;
import static dev.slipway.core.triggers.CoreTriggers.POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.POST_STACK_SET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.FixedApps;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildpacksTest {
  private static final String ONE = "https://github.com/acme/heroku-buildpack-one.git";
  private static final String TWO = "https://example.com/acme/two.git#v2";

  @TempDir private Path folder;
  private final RecordedCall call = new RecordedCall();
  private final FixedApps apps = new FixedApps("blog", "shop");
  private final AppName blog = new AppName("blog");
  private TestInstallation installation = new TestInstallation(Path.of("/"));
  private BuildpacksFamily family =
      new BuildpacksFamily(installation.store, installation.triggers, apps);
  private Buildpacks buildpacks = family.buildpacks();

  @BeforeEach
  void prepare() {
    installation = new TestInstallation(folder);
    installation.app("blog");
    family = new BuildpacksFamily(installation.store, installation.triggers, apps);
    family.register(installation.handlers, new Reports(apps));
    buildpacks = family.buildpacks();
  }

  @Test
  void addsAtAPlaceOrAtTheEnd() {
    buildpacks.add(blog, 0, List.of("acme/one"));
    buildpacks.add(blog, 1, List.of(TWO));
    buildpacks.add(blog, 9, List.of("acme/one"));

    assertThat(buildpacks.list(blog)).containsExactly(TWO, ONE, ONE);
  }

  @Test
  void setsOneOrReplacesAll() {
    buildpacks.set(blog, 0, List.of("acme/one"));
    buildpacks.set(blog, 0, List.of(TWO));
    buildpacks.set(blog, 5, List.of("acme/one"));
    assertThat(buildpacks.list(blog)).containsExactly(TWO, ONE);

    buildpacks.replace(blog, false, List.of("acme/one", "heroku-community/x"));
    assertThat(buildpacks.list(blog))
        .containsExactly(ONE, "https://github.com/heroku/heroku-buildpack-x.git");

    assertThatThrownBy(() -> buildpacks.set(blog, 0, List.of("a/b", "c/d")))
        .hasMessage("Setting multiple buildpacks requires the --replace flag");
    assertThatThrownBy(() -> buildpacks.set(blog, 0, List.of()))
        .hasMessage("Must specify a buildpack");
    assertThatThrownBy(() -> buildpacks.replace(blog, true, List.of("a/b")))
        .hasMessage("The --index flag cannot be used with --replace");
    assertThatThrownBy(() -> buildpacks.replace(blog, false, List.of()))
        .hasMessage(
            "Must specify at least one buildpack, use buildpacks:clear to remove all buildpacks");
    assertThatThrownBy(() -> buildpacks.replace(blog, false, List.of("a/b", "no")))
        .hasMessage("Invalid buildpack specified: no");
    assertThat(buildpacks.list(blog)).hasSize(2);
  }

  @Test
  void removesEveryEntryThatEquals() {
    buildpacks.replace(blog, false, List.of("acme/one", TWO, "acme/one"));

    buildpacks.remove(call.call(), blog, 0, Optional.of("acme/one"));
    assertThat(buildpacks.list(blog)).containsExactly(TWO);
    buildpacks.remove(call.call(), blog, 1, Optional.empty());

    assertThat(buildpacks.list(blog)).isEmpty();
    assertThat(call.out()).isEqualTo("-----> Removing " + ONE + "\n-----> Removing " + TWO + "\n");
  }

  @Test
  void saysWhyNothingIsRemoved() {
    assertThatThrownBy(() -> buildpacks.remove(call.call(), blog, 1, Optional.of("a/b")))
        .hasMessage("Please choose either index or Buildpack, but not both");
    assertThatThrownBy(() -> buildpacks.remove(call.call(), blog, 0, Optional.empty()))
        .hasMessage("Must specify a buildpack to remove, either by index or URL");
    assertThatThrownBy(() -> buildpacks.remove(call.call(), blog, 0, Optional.of("x")))
        .hasMessage("Invalid buildpack specified: x");
    assertThatThrownBy(() -> buildpacks.remove(call.call(), blog, 1, Optional.empty()))
        .hasMessage(
            "No buildpacks were found, next release on blog will detect buildpack normally");
    buildpacks.add(blog, 0, List.of("acme/one"));
    assertThatThrownBy(() -> buildpacks.remove(call.call(), blog, 2, Optional.empty()))
        .hasMessage("Index not found");
    assertThatThrownBy(() -> buildpacks.remove(call.call(), blog, 0, Optional.of("acme/two")))
        .hasMessage("Value not found");
  }

  @Test
  void refusesWhatIsNoAddressOfARepository() {
    for (String bad :
        List.of(
            "x",
            "ssh://git@host/a/b",
            "file:///etc/passwd",
            "ext::sh -c id",
            "https://host",
            "https://host/a b/c",
            "--upload-pack=x",
            "/etc/passwd",
            "https://host/a/b\nevil")) {
      assertThatThrownBy(() -> BuildpackUrl.parse(bad)).as(bad).hasMessageStartingWith("Invalid");
    }
    assertThatThrownBy(() -> BuildpackUrl.parse(""))
        .hasMessage("Must specify a buildpack url or reference");
    for (String good : List.of(TWO, "git@github.com:acme/x.git", "http://host:8080/a/b/c")) {
      assertThat(BuildpackUrl.parse(good).value()).isEqualTo(good);
    }
  }

  private Path extracted() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    installation.triggers.fire(call.call(), POST_EXTRACT, blog, tree, "HEAD");
    return tree.resolve(".buildpacks");
  }

  @Test
  void writesTheFileFromWhatIsConfigured() throws IOException {
    buildpacks.replace(blog, false, List.of("acme/one", TWO));
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve(".buildpacks"), "https://example.com/committed/one\n");

    Path file = extracted();

    assertThat(file).hasContent(ONE + "\n" + TWO + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void takesThoseOfAppJsonElse() throws IOException {
    installation.answer(
        APP_JSON_GET_CONTENT,
        "{\"buildpacks\":[{\"url\":\"acme/one\"},{\"url\":\"" + TWO + "\"}]}");

    assertThat(extracted()).hasContent(ONE + "\n" + TWO + "\n");
  }

  @Test
  void expandsACommittedFileInPlace() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve(".buildpacks"), "# two of them\nacme/one\n\n  " + TWO + "\n");

    assertThat(extracted()).hasContent("# two of them\n" + ONE + "\n\n" + TWO + "\n");
  }

  @Test
  void namesTheLineOfACommittedFileThatIsBad() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve(".buildpacks"), "acme/one\nnonsense\n");

    assertThatThrownBy(this::extracted)
        .hasMessage(
            "Unable to parse .buildpacks file, line 1: Invalid buildpack specified: nonsense");
    assertThat(tree.resolve(".buildpacks")).hasContent("acme/one\nnonsense\n");
  }

  @Test
  void writesNothingWithoutBuildpacks() throws IOException {
    assertThat(extracted()).doesNotExist();
  }

  private void setStack(String... words) {
    family.set(
        RecordedCall.quiet().call(), new PropertySetter(installation.store, apps), List.of(words));
  }

  @Test
  void tellsOfAStackOnlyWhenItChanged() {
    installation.watch(POST_STACK_SET);

    setStack("blog", "stack", "acme/stack:1");
    setStack("blog", "stack", "acme/stack:1");
    setStack("--global", "stack", "other");
    setStack("blog", "stack");

    assertThat(installation.fired())
        .containsExactly(
            "post-stack-set blog acme/stack:1",
            "post-stack-set blog other",
            "post-stack-set shop other",
            "post-stack-set blog ");
    assertThatThrownBy(() -> setStack("blog", "stack", "--privileged"))
        .hasMessage("Invalid stack specified: --privileged");
  }

  @Test
  void theStackIsThatOfTheAppElseTheGlobalOneElseTheOldSetting() {
    assertThat(stack()).isEmpty();
    installation.setConfig(blog, "DOKKU_IMAGE", "old/image");
    assertThat(stack()).isEqualTo("old/image");
    assertThat(call.err()).contains("Deprecated: use buildpacks:set-property");
    setStack("--global", "stack", "global/image");
    assertThat(stack()).isEqualTo("global/image");
    setStack("blog", "stack", "own/image");
    assertThat(stack()).isEqualTo("own/image");
  }

  private String stack() {
    return installation.triggers.ask(call.call(), BUILDPACK_STACK_NAME, blog);
  }

  @Test
  void reportsBuildpacksAndStacks() {
    buildpacks.replace(blog, false, List.of("acme/one", TWO));
    installation.store.set("buildpacks", Scope.GLOBAL, "stack", "global/image");

    new Reports(apps).run(call.call(), family.report(), List.of("blog"));

    assertThat(call.out().lines().map(String::stripTrailing))
        .containsExactly(
            "=====> blog buildpacks information",
            "       Buildpacks computed stack:     global/image",
            "       Buildpacks global stack:       global/image",
            "       Buildpacks list:               " + ONE + "," + TWO,
            "       Buildpacks stack:");
  }
}
