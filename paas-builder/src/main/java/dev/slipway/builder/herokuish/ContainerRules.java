package dev.slipway.builder.herokuish;

import dev.slipway.builder.image.HostPlaces;
import dev.slipway.builder.image.OptionFields;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
  private final HostPlaces places;
  private final String ownCache;

  /**
   * @param places those that it may mount
   * @param ownCache the only volume {@code cache-...} that is for this app
   */
  ContainerRules(HostPlaces places, String ownCache) {
    this.places = places;
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
    for (String field : OptionFields.of(option.value())) {
      String[] pair = field.split("=", 2);
      switch (pair[0].strip().toLowerCase(Locale.ROOT)) {
        case "source", "src" -> requireOpen(option, pair.length == 2 ? pair[1] : "");
        case "volume-opt", "volume-driver" -> throw refused(option);
        default -> {}
      }
    }
  }

  private void requireOpen(DockerOption option, String source) {
    boolean strangersCache = source.startsWith("cache-") && !source.equals(ownCache);
    boolean relative = source.startsWith(".") || source.startsWith("~");
    if (strangersCache || relative || (source.contains("/") && !places.isOpen(source))) {
      throw refused(option);
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
