package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Folders of the host in containers. Stories: A1, rows 13 to 15, 20 and 21. */
final class StorageIT {
  @AutoClose private static final Server server = Server.launch();

  @Test
  void twoProcessesShareWhatIsMounted() throws IOException {
    String app = server.newApp("shares");
    Path shared = server.lib().resolve("data/storage").resolve(app);
    Ran ensured = server.ssh("storage:ensure-directory", app).succeeded();
    assertThat(ensured.out())
        .isEqualTo(
            "-----> Ensuring "
                + shared
                + " exists\n"
                + "       Setting directory ownership to 32767:32767\n"
                + "       Directory ready for mounting\n");
    assertThat(Files.getAttribute(shared, "unix:uid")).isEqualTo(32_767);
    assertThat(Files.getAttribute(shared, "unix:gid")).isEqualTo(32_767);
    server.ssh("storage:ensure-directory", "--chown", "root", app).succeeded();
    assertThat(Files.getAttribute(shared, "unix:uid")).isEqualTo(0);

    String mount = shared + ":/app/shared";
    assertThat(server.ssh("storage:mount", app, mount).succeeded().all()).isEmpty();
    Ran again = server.ssh("storage:mount", app, mount).failed();
    assertThat(again.err()).isEqualTo(" !     Mount path already exists.\n");
    server.ssh("config:set", "--no-restart", app, "QUEUE_FOLDER=/app/shared").succeeded();
    Repository repository =
        Repository.of(server, app)
            .write("Procfile", "web: python3 web.py\nminion: python3 minion.py\n");
    repository.commit("Add a worker");
    repository.push().succeeded();
    server.ssh("ps:scale", app, "minion=1").succeeded();
    server.get(app, "/");
    Host.await(
        "the worker sees the job of the page",
        Duration.ofSeconds(20),
        () -> server.ssh("logs", app).out().contains("Performing job \"1\""));

    assertThat(server.ssh("storage:list", app).succeeded().out())
        .isEqualTo("-----> " + app + " volume bind-mounts:\n       " + mount + "\n");
    assertThat(server.ssh("storage:unmount", app, mount).succeeded().all()).isEmpty();
    assertThat(server.ssh("storage:list", app).succeeded().out())
        .isEqualTo("-----> " + app + " volume bind-mounts:\n");
    Ran gone = server.ssh("storage:unmount", app, mount).failed();
    assertThat(gone.err()).isEqualTo(" !     Mount path does not exist.\n");
    server.ssh("config:unset", app, "QUEUE_FOLDER").succeeded();
    assertThat(server.ssh("enter", app, "web", "ls", "/app").out()).doesNotContain("shared");
    assertThat(Files.exists(shared.resolve("queue"))).isTrue();
  }

  @Test
  void anEntryHasItsFolderAndTakesItAlongWhenAsked() throws IOException {
    String app = server.newApp("entry");
    String name = app + "-data";
    Path folder = server.lib().resolve("data/storage").resolve(name);
    server.ssh("storage:create", "--chown", "herokuish", "--mode", "0770", name).succeeded();
    assertThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(32_767);
    assertThat((Integer) Files.getAttribute(folder, "unix:mode") & 07777).isEqualTo(0770);
    server
        .ssh("storage:mount", app, name, "--container-dir", "/data", "--volume-readonly")
        .succeeded();
    assertThat(server.ssh("storage:report", app, "--storage-run-mounts").out())
        .isEqualTo("-v " + folder + ":/data:ro\n");
    Ran used = server.ssh("storage:destroy", "--force", "--destroy-host-dir", name).failed();
    assertThat(used.err()).contains("is still mounted by app(s): " + app);
    server.ssh("storage:unmount", app, name).succeeded();
    Files.writeString(folder.resolve("left"), "a file of somebody else");
    server.ssh("storage:destroy", "--force", "--destroy-host-dir", name).succeeded();
    assertThat(folder).doesNotExist();
  }
}
