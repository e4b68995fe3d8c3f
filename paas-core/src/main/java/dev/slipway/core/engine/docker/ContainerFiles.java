package dev.slipway.core.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.error.ToolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Files out of containers and into them. The engine sends and takes them as archives. */
final class ContainerFiles {
  private static final int LARGEST = 16 << 20;
  private static final int MOST_LINKS = 8;

  private final EngineApi api;

  ContainerFiles(EngineApi api) {
    this.api = api;
  }

  /**
   * Follows symbolic links; a folder counts as absent.
   *
   * @throws ToolFailure if the file is larger than 16 MiB
   */
  Optional<byte[]> read(String container, String path) {
    return api.within(api.limit(), () -> readNow(container, path));
  }

  private Optional<byte[]> readNow(String container, String path) throws IOException {
    Path wanted = Path.of("/").resolve(path).normalize();
    for (int links = 0; links < MOST_LINKS; links++) {
      Target archive = Target.of("containers", container, "archive").with("path", wanted);
      try (Response answer = api.stream(Method.GET, archive);
          InputStream body = answer.getBody();
          TarArchiveInputStream tar = new TarArchiveInputStream(body)) {
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null) {
          return Optional.empty();
        }
        if (!entry.isSymbolicLink()) {
          return entry.isFile() ? Optional.of(content(tar, entry, wanted)) : Optional.empty();
        }
        wanted = wanted.resolveSibling(entry.getLinkName()).normalize();
      } catch (Refused e) {
        if (e.isNotFound()) {
          return Optional.empty();
        }
        throw e;
      }
    }
    return Optional.empty();
  }

  /** Unpacks at the top of the container's file system, so that the folder itself may be new. */
  void write(String container, String folder, Contents contents) {
    Target archive = Target.of("containers", container, "archive").with("path", "/");
    try (Archive tar = Archive.of(folder, contents);
        Response answer = api.upload(Method.PUT, archive, tar)) {
      answer.getBody().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw api.unavailable(e);
    }
  }

  private static byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.getSize() > LARGEST) {
      throw new ToolFailure(path + " in the container is larger than 16 MiB");
    }
    return tar.readAllBytes();
  }
}
