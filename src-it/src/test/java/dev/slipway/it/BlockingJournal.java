package dev.slipway.it;

import dev.slipway.core.call.Call;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A journal that does not return from a step once it is synced, where {@code HOLD/APP} names that
 * step; {@code HOLD/APP.reached} tells that it is so.
 */
final class BlockingJournal implements Journal {
  private final Journal journal;
  private final Path hold;

  BlockingJournal(Journal journal, Path hold) {
    this.journal = journal;
    this.hold = hold;
  }

  @Override
  public Entry open(Call call, AppName app, Map<String, String> facts) {
    return new BlockingEntry(journal.open(call, app, facts), app);
  }

  @Override
  public Optional<Step> current(Call call, AppName app) {
    return journal.current(call, app);
  }

  @Override
  public Set<AppName> othersAtWork(Call call) {
    return journal.othersAtWork(call);
  }

  @Override
  public List<Unfinished> unfinished() {
    return journal.unfinished();
  }

  @Override
  public void settled(Unfinished entry) {
    journal.settled(entry);
  }

  private final class BlockingEntry implements Entry {
    private final Entry entry;
    private final AppName app;

    BlockingEntry(Entry entry, AppName app) {
      this.entry = entry;
      this.app = app;
    }

    @Override
    public void step(Step step, Map<String, String> facts) {
      entry.step(step, facts);
      try {
        Path order = hold.resolve(app.value());
        if (Files.exists(order) && Files.readString(order).equals(step.name())) {
          Files.writeString(hold.resolve(app + ".reached"), step.name());
          new CountDownLatch(1).await();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Map<String, String> facts() {
      return entry.facts();
    }

    @Override
    public void keep() {
      entry.keep();
    }

    @Override
    public void close() {
      entry.close();
    }
  }
}
