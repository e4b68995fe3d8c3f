package dev.slipway.core.storage;

import dev.slipway.core.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code storage:create} was told; empty texts where a flag was not given.
 *
 * @param annotations {@code --annotation}, {@code KEY=VALUE} each as typed
 * @param labels {@code --label}, likewise
 * @param clusterOnly flags that only schedulers of clusters know, as typed, with their values
 */
public record EntryWish(
    String name,
    String path,
    String scheduler,
    String chown,
    String mode,
    String reclaimPolicy,
    String namespace,
    List<String> annotations,
    List<String> labels,
    Map<String, String> clusterOnly) {
  private static final List<String> POLICIES = List.of("Retain", "Delete");

  /**
   * The entry that is wanted.
   *
   * @param standardPath where its folder is unless another was named
   * @throws UserError if it cannot be
   */
  Entry checked(Path standardPath) {
    Entry.requireName(name);
    String owner = scheduler.isEmpty() ? Entry.LOCAL : scheduler;
    String intro = "storage entry \"" + name + "\" ";
    if (!owner.equals(Entry.LOCAL)) {
      throw new UserError(
          intro + "has unsupported scheduler \"" + owner + "\" (supported: docker-local)");
    }
    clusterOnly.forEach(
        (flag, value) -> {
          if (!value.isEmpty()) {
            throw new UserError(intro + "(docker-local) does not accept " + flag);
          }
        });
    String standard = standardPath.toString();
    String host = path.isEmpty() ? standard : path;
    Entry.requirePath(name, host);
    boolean own = host.equals(standard);
    refuseElsewhere(own, "--chown", chown, standard, host);
    refuseElsewhere(own, "--mode", mode, standard, host);
    if (!reclaimPolicy.isEmpty() && !POLICIES.contains(reclaimPolicy)) {
      throw new UserError(
          intro
              + "has unsupported reclaim policy \""
              + reclaimPolicy
              + "\" (supported: Retain, Delete)");
    }
    if (!own && reclaimPolicy.equals("Delete")) {
      throw new UserError(
          intro
              + "(docker-local) only accepts --reclaim-policy Delete on the default host path ("
              + standard
              + ")");
    }
    Owner.of(chown);
    return new Entry(
        name,
        owner,
        host,
        namespace,
        chown,
        fourDigits(mode),
        reclaimPolicy,
        pairs(annotations),
        pairs(labels));
  }

  private static void refuseElsewhere(
      boolean own, String flag, String value, String standard, String path) {
    if (!own && !value.isEmpty()) {
      throw elsewhere(flag, standard, path);
    }
  }

  /** What is said of a flag that would touch a folder which is not ours. */
  static UserError elsewhere(String flag, String standard, String path) {
    return new UserError(
        flag
            + " is only supported when the storage entry uses the default host path ("
            + standard
            + "); omit "
            + flag
            + " and manage "
            + path
            + " manually");
  }

  private static String fourDigits(String given) {
    if (given.isEmpty()) {
      return "";
    }
    if (!given.matches("[0-7]{3,4}")) {
      throw new UserError(
          "Unsupported directory mode \""
              + given
              + "\". Value must be a 3 or 4 digit octal mode, such as 0755");
    }
    return given.length() == 3 ? "0" + given : given;
  }

  private static SortedMap<String, String> pairs(List<String> typed) {
    SortedMap<String, String> pairs = new TreeMap<>();
    for (String pair : typed) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new UserError("expected key=value, got \"" + pair + "\"");
      }
      pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return pairs;
  }
}
