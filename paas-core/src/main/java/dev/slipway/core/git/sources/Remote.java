package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.Quarantine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Repositories of other git servers. Asking one neither reads files of this server nor runs
 * programs of its choice, and ends in time. A failure is a {@link
 * dev.slipway.core.error.ToolFailure} with git's own words.
 */
public interface Remote {
  /** Branches and tags by their full names, with the commits that they name. */
  SortedMap<String, String> refs(Call call, RemoteUrl url);

  /**
   * Fetches objects into a quarantine; no ref moves.
   *
   * @param wanted full names of refs, or full ids of commits
   */
  void fetch(Call call, Path repository, Quarantine quarantine, RemoteUrl url, List<String> wanted);

  /** The full id of a commit that is here, in the repository or the quarantine. */
  Optional<String> commit(Path repository, Quarantine quarantine, String id);
}
