package dev.slipway.core.storage;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.STORAGE_APP_MOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageTest {
  @TempDir private Path folder;
  private final RecordedCall call = new RecordedCall();
  private final List<String> changed = new ArrayList<>();
  private TestInstallation installation = new TestInstallation(Path.of("/"));
  private StorageFamily family = family();
  private AppName blog = new AppName("blog");

  @BeforeEach
  void prepare() {
    installation = new TestInstallation(folder);
    family = family();
    family.register(installation.handlers);
    blog = installation.app("blog");
  }

  private StorageFamily family() {
    return new StorageFamily(
        installation.roots, installation.files, installation.store, new Noted(changed));
  }

  /** Writes down what it is asked for; what the real one does is seen by the scenario. */
  private record Noted(List<String> changed) implements HostFolders {
    @Override
    public void own(Path path, int user) {
      changed.add("own " + path.getFileName() + " " + user);
    }

    @Override
    public void mode(Path path, String mode) {
      changed.add("mode " + path.getFileName() + " " + mode);
    }

    @Override
    public void empty(Path path) {
      changed.add("empty " + path.getFileName());
    }
  }

  private static EntryWish wish(String name, String path, String chown, String mode) {
    return new EntryWish(name, path, "", chown, mode, "", "", List.of("a=b"), List.of(), Map.of());
  }

  private Path standard(String name) {
    return folder.resolve("lib/data/storage").resolve(name);
  }

  private static void refused(ThrowingCallable attempt, String message) {
    assertThatThrownBy(attempt).isInstanceOf(UserError.class).hasMessage(message);
  }

  @Test
  void makesAnEntryWithItsFolder() throws Exception {
    family.storage().create(call.call(), wish("data", "", "heroku", "770"));
    assertThat(call.out())
        .isEqualTo(
            "       Created "
                + standard("data")
                + "\n       Setting directory mode to 0770\n"
                + "       Setting directory ownership to 1000:1000\n"
                + "-----> Storage entry data created\n");
    assertThat(changed).containsExactly("mode data 0770", "own data 1000");
    assertThat(Files.readString(folder.resolve("lib/data/storage-registry/entries/data.json")))
        .isEqualTo(
            """
            {
              "name": "data",
              "scheduler": "docker-local",
              "host_path": "%s",
              "chown": "heroku",
              "mode": "0770",
              "annotations": {
                "a": "b"
              },
              "schema_version": 1
            }"""
                .formatted(standard("data")));
  }

  @Test
  void refusesWhatCannotBeMade() {
    Storage storage = family.storage();
    refused(
        () -> storage.create(call.call(), wish("", "", "", "")), "storage entry name is required");
    refused(
        () -> storage.create(call.call(), wish("Data", "", "", "")),
        "storage entry name \"Data\" must be a DNS-1123 label (lowercase letters, digits, and"
            + " dashes; cannot start or end with a dash)");
    refused(
        () -> storage.create(call.call(), wish("legacy-x", "", "", "")),
        "storage entry name \"legacy-x\" must not start with reserved prefix \"legacy-\"");
    refused(
        () -> storage.create(call.call(), wish("data", "", "nobody", "")),
        "Unsupported chown permissions");
    refused(
        () -> storage.create(call.call(), wish("data", "", "", "9")),
        "Unsupported directory mode \"9\". Value must be a 3 or 4 digit octal mode, such as 0755");
    refused(
        () -> storage.create(call.call(), wish("data", "/srv/x", "root", "")),
        "--chown is only supported when the storage entry uses the default host path ("
            + standard("data")
            + "); omit --chown and manage /srv/x manually");
    refused(
        () -> storage.create(call.call(), wish("data", "a:b", "", "")),
        "storage entry \"data\" host_path must be an absolute path or a docker named volume token,"
            + " got \"a:b\"");
    assertThat(standard("data")).doesNotExist();
    assertThat(changed).isEmpty();
  }

  @Test
  void mountsAPathAndTakesItAwayAgain() {
    Mounts mounts = family.mounts();
    mounts.mountColon(blog, "/srv/data:/data:ro,z");
    refused(() -> mounts.mountColon(blog, "/srv/data:/data"), "Mount path already exists.");
    mounts.list(call.call(), blog, "text");
    assertThat(call.out())
        .isEqualTo("-----> blog volume bind-mounts:\n       /srv/data:/data:ro,z\n");
    assertThat(installation.store.list("storage", dev.slipway.core.model.Scope.of(blog), "mounts"))
        .containsExactly(
            "{\"entry_name\":\""
                + LegacyNames.of("/srv/data")
                + "\",\"container_path\":\"/data\",\"phases\":[\"deploy\",\"run\"],"
                + "\"process_type\":\"_default_\",\"readonly\":true,\"volume_options\":\"z\"}");
    mounts.unmountColon(blog, "/srv/data:/data");
    refused(() -> mounts.unmountColon(blog, "/srv/data:/data"), "Mount path does not exist.");
  }

  @Test
  void refusesMountsThatAreNone() {
    Mounts mounts = family.mounts();
    String paths = "Storage path must be two valid paths divided by colon.";
    refused(() -> mounts.mountColon(blog, "/srv:data"), paths);
    refused(() -> mounts.mountColon(blog, "/srv:/a:/b:/c"), paths);
    refused(() -> mounts.mountColon(blog, "/srv:/a\n/b"), paths);
    String volume =
        "Volume name must be two characters or more. Volume name must not contain invalid"
            + " characters. ";
    refused(() -> mounts.mountColon(blog, "x:/data"), volume + paths);
    refused(() -> mounts.mountColon(blog, "../up:/data"), volume + paths);
    refused(
        () -> mounts.mountColon(blog, "/srv:/data:ro --privileged"),
        "Invalid volume options specified: ro --privileged");
  }

  @Test
  void containersGetTheMountsOfTheirPhase() {
    family.storage().create(RecordedCall.quiet().call(), wish("data", "", "", ""));
    family
        .mounts()
        .mountNamed(
            call.call(),
            blog,
            new Mounts.Wish("data", "/data", List.of("run"), "", "", false, "", ""));
    family.mounts().mountColon(blog, "/srv/it's:/srv");
    assertThat(call.out()).isEqualTo("-----> Storage entry data mounted at /data on blog\n");
    assertThat(installation.triggers.ask(call.call(), DOCKER_ARGS_DEPLOY, blog, "latest"))
        .isEqualToIgnoringWhitespace("-v '/srv/it'\\''s:/srv'");
    assertThat(installation.triggers.ask(call.call(), DOCKER_ARGS_RUN, blog, "latest"))
        .contains(standard("data") + ":/data");
    assertThat(installation.triggers.ask(call.call(), STORAGE_APP_MOUNTS, blog, "run"))
        .startsWith("[{\"entry\":{\"name\":\"data\"")
        .contains("\"attachment\":{\"entry_name\":\"data\"");
  }

  @Test
  void destroysAnEntryThatNobodyMounts() {
    RecordedCall quiet = RecordedCall.quiet();
    family.storage().create(quiet.call(), wish("data", "", "", ""));
    Mounts.Wish mount = new Mounts.Wish("data", "/data", List.of("deploy"), "", "", false, "", "");
    family.mounts().mountNamed(quiet.call(), blog, mount);
    refused(
        () -> family.storage().destroy(call.call(), "data", true, true),
        "storage entry \"data\" is still mounted by app(s): blog");
    family.mounts().unmountNamed(blog, "data", "");
    refused(
        () -> family.mounts().unmountNamed(blog, "data", ""),
        "storage entry \"data\" is not mounted on app \"blog\"");
    family.storage().destroy(call.call(), "data", true, false);
    assertThat(standard("data")).isDirectory();
    refused(
        () -> family.storage().destroy(call.call(), "data", true, false),
        "storage entry \"data\" does not exist");
  }
}
