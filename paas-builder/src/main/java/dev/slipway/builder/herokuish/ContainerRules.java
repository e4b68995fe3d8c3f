package dev.slipway.builder.herokuish;

import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a container that runs pushed code at build time may not be given: more rights than the
 * engine gives by itself, and places of the host that hold its secrets or steer it. What would
 * break the build itself is left out.
 */
final class ContainerRules {
  private static final Set<String> REFUSED =
      Set.of(
          "privileged",
          "cap-add",
          "device",
          "device-cgroup-rule",
          "pid",
          "ipc",
          "uts",
          "userns",
          "cgroupns",
          "cgroup-parent",
          "runtime",
          "volumes-from",
          "volume-driver",
          "env-file",
          "label-file",
          "use-api-socket",
          "oom-kill-disable",
          "sysctl");
  private static final Set<String> LEFT_OUT =
      Set.of(
          "rm",
          "name",
          "detach",
          "interactive",
          "tty",
          "entrypoint",
          "cidfile",
          "publish",
          "publish-all",
          "network-alias",
          "net-alias",
          "ip",
          "ip6",
          "no-healthcheck");
  private static final List<Path> HOST =
      Stream.of(
              "/proc",
              "/sys",
              "/dev",
              "/etc",
              "/boot",
              "/root",
              "/run",
              "/var/run",
              "/var/lib/docker",
              "/var/lib/containerd")
          .map(Path::of)
          .toList();

  private final List<Path> closed;
  private final Path storage;
  private final String ownCache;

  /**
   * @param roots folders of this installation
   * @param storage the folder below one of them that apps may mount
   * @param ownCache the only volume {@code cache-...} that is for this app
   */
  ContainerRules(List<Path> roots, Path storage, String ownCache) {
    this.closed = Stream.concat(HOST.stream(), roots.stream()).toList();
    this.storage = storage;
    this.ownCache = ownCache;
  }

  /**
   * The words that a build container is made with.
   *
   * @throws UserError naming the option, if it is not for a build
   */
  List<String> allowed(List<String> words) {
    List<String> kept = new ArrayList<>();
    boolean partLeftOut = false; // of the letters that share a word
    for (DockerOption option : DockerOption.all(words)) {
      if (REFUSED.contains(option.name())) {
        throw refused(option);
      }
      switch (option.name()) {
        case "volume" -> requireOpen(option, source(option.value()));
        case "mount" -> requireOpenMount(option);
        case "network", "net" -> requireNoContainer(option);
        case "security-opt" -> requireStrict(option);
        default -> {}
      }
      boolean leftOut = LEFT_OUT.contains(option.name());
      if (partLeftOut && !leftOut) {
        throw refused(option);
      }
      partLeftOut = leftOut && option.words().isEmpty();
      if (!leftOut) {
        kept.addAll(option.words());
      }
    }
    return kept;
  }

  private static UserError refused(DockerOption option) {
    return new UserError(
        "A build container is not given "
            + (option.words().isEmpty() ? "--" + option.name() : String.join(" ", option.words()))
            + ": it runs code that was pushed. Remove it: docker-options:remove APP build ...");
  }

  private static String source(String volume) {
    return volume.contains(":") ? volume.substring(0, volume.indexOf(':')) : "";
  }

  private void requireOpenMount(DockerOption option) {
    for (String field : fields(option.value())) {
      String[] pair = field.split("=", 2);
      switch (pair[0].strip().toLowerCase(Locale.ROOT)) {
        case "source", "src" -> requireOpen(option, pair.length == 2 ? pair[1] : "");
        case "volume-opt", "volume-driver" -> throw refused(option);
        default -> {}
      }
    }
  }

  /** As the docker client takes them apart: a comma between quotes is part of a field. */
  private static List<String> fields(String value) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char each : value.toCharArray()) {
      if (each == '"') {
        quoted = !quoted;
      } else if (each == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(each);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private void requireOpen(DockerOption option, String source) {
    boolean strangersCache = source.startsWith("cache-") && !source.equals(ownCache);
    boolean relative = source.startsWith(".") || source.startsWith("~");
    if (strangersCache || relative || (source.contains("/") && !isOpen(source))) {
      throw refused(option);
    }
  }

  /** Neither in a closed folder nor above one, whatever links lead there. */
  private boolean isOpen(String source) {
    try {
      Path path = Path.of(source).toAbsolutePath().normalize();
      Path real = Files.exists(path) ? path.toRealPath() : path;
      return !source.startsWith("~")
          && Stream.of(path, real)
              .allMatch(
                  each ->
                      each.startsWith(storage)
                          || closed.stream()
                              .noneMatch(shut -> each.startsWith(shut) || shut.startsWith(each)))
          && !real.toString().endsWith(".sock");
    } catch (InvalidPathException | IOException unreadable) {
      return false;
    }
  }

  private static void requireNoContainer(DockerOption option) {
    if (option.value().startsWith("container:")) {
      throw refused(option);
    }
  }

  private static void requireStrict(DockerOption option) {
    if (!option.value().matches("no-new-privileges(:true|=true)?")) {
      throw refused(option);
    }
  }
}
