package dev.slipway.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Repositories over plain HTTP, as a host of static files would serve them: git's "dumb" protocol,
 * which knows no shallow clones.
 */
public final class DumbGitServer implements AutoCloseable {
  private final Path folder;
  private final HttpServer server;

  /**
   * @param folder where the repositories will lie; nothing else of it may matter, since all of it
   *     is served
   * @param address of an interface of this machine, such as that of a bridge that containers reach
   */
  public DumbGitServer(Path folder, String address) throws IOException {
    this.folder = folder.toRealPath();
    this.server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(address, 0), this.folder, OutputLevel.NONE);
    server.start();
  }

  /**
   * Publishes the files of a folder as the one commit on the branch {@code main}.
   *
   * @param name such as {@code acme/tool}
   * @return the address to clone from, which ends in {@code .git}
   */
  public String publish(String name, Path files) throws IOException {
    Path repository = folder.resolve(name + ".git");
    Files.createDirectories(repository);
    git(repository, "init", "-q", "--bare", "-b", "main");
    git(repository, "--work-tree=" + files, "add", "-A");
    git(
        repository,
        "--work-tree=" + files,
        "-c",
        "user.name=Tester",
        "-c",
        "user.email=tester@example.com",
        "commit",
        "-q",
        "-m",
        "All of it");
    git(repository, "update-server-info");
    return "http://%s:%d/%s.git"
        .formatted(
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort(), name);
  }

  /** The commit that {@code main} of a published repository names. */
  public String commit(String name) throws IOException {
    return git(folder.resolve(name + ".git"), "rev-parse", "main").strip();
  }

  private static String git(Path repository, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + repository));
    // Adding and committing want to hear that a bare repository may have a work tree.
    command.addAll(List.of("-c", "core.bare=false"));
    command.addAll(Arrays.asList(words));
    Process process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("git " + List.of(words) + " said: " + said);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException(e);
    }
    return said;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
