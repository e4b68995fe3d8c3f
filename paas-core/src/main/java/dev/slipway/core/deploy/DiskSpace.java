package dev.slipway.core.deploy;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Refuses a build when a disk that it fills is nearly full. The limit is 512 MB, or {@value
 * #SETTING} in the files of the host's environment.
 */
public final class DiskSpace {
  static final String SETTING = "SLIPWAY_BUILD_MIN_FREE_MB";
  private static final long DEFAULT_MB = 512;
  private static final long MB = 1_000_000;

  private final Engine engine;
  private final List<Path> folders;
  private final Consumer<Call> reclaim;

  /**
   * @param folders where a build writes, apart from the engine's own folder
   * @param reclaim removes what can be spared, before a build is refused
   */
  public DiskSpace(Engine engine, List<Path> folders, Consumer<Call> reclaim) {
    this.engine = engine;
    this.folders = List.copyOf(folders);
    this.reclaim = reclaim;
  }

  /**
   * @throws UserError with the numbers, if one has too little
   * @throws dev.slipway.core.engine.EngineUnavailable if the engine does not answer
   */
  void require(Call call) {
    long limit = limit(call);
    String engineRoot = engine.info().getOrDefault("rootDir", "");
    List<Path> all = new ArrayList<>(folders);
    if (!engineRoot.isEmpty()) {
      all.addFirst(Path.of(engineRoot));
    }
    if (all.stream().anyMatch(folder -> free(folder).filter(mb -> mb < limit).isPresent())) {
      reclaim.accept(call);
    }
    all.forEach(folder -> require(folder, limit));
  }

  private static long limit(Call call) {
    return call.variable(SETTING)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Long::valueOf)
        .orElse(DEFAULT_MB);
  }

  private static void require(Path folder, long limit) {
    Optional<Long> free = free(folder);
    if (free.isPresent() && free.get() < limit) {
      throw new UserError(
          "Not enough disk space for a build: "
              + free.get()
              + " MB free in "
              + folder
              + ", at least "
              + limit
              + " MB needed");
    }
  }

  /** Empty for a folder that is not on this host, as with an engine elsewhere. */
  private static Optional<Long> free(Path folder) {
    try {
      return Optional.of(Files.getFileStore(folder).getUsableSpace() / MB);
    } catch (NoSuchFileException | java.nio.file.AccessDeniedException elsewhere) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the free space of " + folder, e);
    }
  }
}
