package dev.slipway.core.builds;

import dev.slipway.core.builds.RunningBuilds.Running;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code builds:output}: the log of a build, followed to its end while it runs. Spec: 03 section
 * 3.3.
 */
public final class BuildOutput {
  /** How many lines of a build that runs are shown before what comes. */
  private static final int LAST_LINES = 1000;

  private static final int BLOCK = 65536;
  private static final Duration POLL = Duration.ofMillis(100);

  private final BuildRecords records;
  private final CurrentBuild current;

  public BuildOutput(BuildRecords records, CurrentBuild current) {
    this.records = records;
    this.current = current;
  }

  /**
   * @param asked an id, or empty or {@code current} for what runs now
   * @throws UserError if there is no such build, or its log is gone
   */
  public void show(Call call, AppName app, String asked) {
    if (!asked.isEmpty() && !asked.equals("current")) {
      print(call, app, records.require(app, asked).id());
      return;
    }
    Optional<String> id = current.announced(call, app);
    if (id.isPresent()) {
      print(call, app, id.get());
    }
  }

  private void print(Call call, AppName app, String id) {
    Path log = records.log(app, id);
    Optional<Running> running = records.running().find(id);
    if (!Files.exists(log)) {
      throw new UserError("log file missing and journalctl not available for build " + id);
    }
    try (FileChannel from = FileChannel.open(log)) {
      OutputStream to = call.streams().out();
      if (running.isPresent()) {
        from.position(lastLines(from));
        follow(from, to, running.get());
      }
      copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + log, e);
    }
  }

  /** Interrupted when the caller goes away. */
  private static void follow(FileChannel from, OutputStream to, Running running)
      throws IOException {
    try {
      do {
        copy(from, to);
      } while (!running.await(POLL));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserError.silent(130);
    }
  }

  private static void copy(FileChannel from, OutputStream to) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (from.read(block.clear()) > 0) {
      try {
        to.write(block.array(), 0, block.position());
        to.flush();
      } catch (IOException gone) {
        throw UserError.silent(141, gone);
      }
    }
  }

  /** Where the last lines begin. */
  private static long lastLines(FileChannel log) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    int lines = 0;
    for (long end = log.size(); end > 0; end -= BLOCK) {
      long start = Math.max(0, end - BLOCK);
      block.clear().limit((int) (end - start));
      log.read(block, start);
      for (int i = block.position() - 1; i >= 0; i--) {
        boolean last = start + i == log.size() - 1;
        if (block.get(i) == '\n' && !last && ++lines == LAST_LINES) {
          return start + i + 1;
        }
      }
    }
    return 0;
  }
}
