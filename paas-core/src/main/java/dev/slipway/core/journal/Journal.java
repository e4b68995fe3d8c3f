package dev.slipway.core.journal;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The record of changes under way, one entry per deploy. A step is synced to disk before what it
 * announces begins. Safe for use by many threads.
 */
public interface Journal {
  /** The fact that names the build, or the deploy on record, that an entry belongs to. */
  String BUILD = "build";

  /**
   * Opens an entry for this call's invocation tree, or joins the one that the tree already has for
   * the app; closing a joined entry does nothing.
   */
  Entry open(Call call, AppName app, Map<String, String> facts);

  /** The last step of the entry that this call's tree has open for the app, if it has one. */
  Optional<Step> current(Call call, AppName app);

  /** The apps that other trees than this call's have an entry open for. */
  Set<AppName> othersAtWork(Call call);

  /** Entries that a former daemon did not finish, oldest first. */
  List<Unfinished> unfinished();

  /** Forgets an unfinished entry, once it has been undone or finished. */
  void settled(Unfinished entry);

  /** A change under way. */
  interface Entry extends AutoCloseable {
    /** The step is about to begin; facts add to those recorded before, by key. */
    void step(Step step, Map<String, String> facts);

    /** Facts recorded so far. */
    Map<String, String> facts();

    /** The change could not be undone now: closing leaves the entry to recovery. */
    void keep();

    /** The change is complete, or completely undone: the entry goes. */
    @Override
    void close();
  }

  /**
   * @param id sorts by time
   * @param step the last one recorded
   */
  record Unfinished(String id, AppName app, Step step, Map<String, String> facts) {
    public Unfinished {
      facts = Map.copyOf(facts);
    }
  }
}
