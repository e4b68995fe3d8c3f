package dev.slipway.builder.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A journal that forgets. */
final class MemoryJournal implements Journal {
  @Override
  public Entry open(Call call, AppName app, Map<String, String> facts) {
    Map<String, String> all = new HashMap<>(facts);
    return new Entry() {
      @Override
      public void step(Step step, Map<String, String> more) {
        all.putAll(more);
      }

      @Override
      public Map<String, String> facts() {
        return all;
      }

      @Override
      public void keep() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Optional<Step> current(Call call, AppName app) {
    return Optional.empty();
  }

  @Override
  public Set<AppName> othersAtWork(Call call) {
    return Set.of();
  }

  @Override
  public List<Unfinished> unfinished() {
    return List.of();
  }

  @Override
  public void settled(Unfinished entry) {}
}
