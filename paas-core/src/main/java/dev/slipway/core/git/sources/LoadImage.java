package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.UserError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads an image from standard input as it comes. An archive can name its images as it likes, so
 * every name that it takes besides the one that was asked for is given back, and only those.
 */
final class LoadImage {
  /** Says the engine of each name. */
  private static final Pattern LOADED = Pattern.compile("Loaded image: (\\S+)");

  /** Says the engine before that, if the name was another image's. */
  private static final Pattern RENAMED =
      Pattern.compile("The image (\\S+) already exists, renaming the old one with ID (\\S+) .*");

  /** Images of apps, and those that apps are built with. */
  private static final List<String> OURS = List.of("dokku/", "slipway/", "gliderlabs/herokuish:");

  private final Engine engine;

  LoadImage(Engine engine) {
    this.engine = engine;
  }

  /**
   * @throws UserError if there is a terminal instead of an archive
   */
  static void requirePipe(Call call) {
    if (call.terminal().isPresent()) {
      throw new UserError("Expecting tar archive containing docker image on STDIN");
    }
  }

  /**
   * @throws UserError if the archive does not bring the image, or takes another name
   */
  void load(Call call, ImageReference image) {
    Names names = new Names(named());
    try {
      engine.load(
          unclosed(call.streams().in()),
          line -> {
            names.read(line);
            call.out().line(line);
          });
    } catch (RuntimeException e) {
      giveBack(names, image);
      throw e;
    }
    Set<String> refused = giveBack(names, image);
    if (engine.image(image.text()).isEmpty()) {
      throw new UserError(
          "Loaded image tarball but the specified docker image was not found: " + image);
    }
    if (!refused.isEmpty()) {
      throw new UserError(
          "The archive holds an image with a name that is not its own, which was put back: "
              + String.join(", ", refused)
              + "\nSave the image alone, with a name of its own: docker image tag, docker image save");
    }
  }

  /** The input is the caller's; the engine's client would close it. */
  private static InputStream unclosed(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return in.read(buffer, offset, length);
      }

      @Override
      public void close() {}
    };
  }

  /** Which image each name means. */
  private Map<String, String> named() {
    Map<String, String> names = new HashMap<>();
    for (Image image : engine.images(List.of(), false)) {
      image.tags().forEach(tag -> names.put(tag, image.id()));
    }
    return names;
  }

  /** The names that an archive has taken, with what they meant before. */
  private static final class Names {
    private final Map<String, String> before;
    private final Map<String, Optional<String>> taken = new TreeMap<>();

    Names(Map<String, String> before) {
      this.before = before;
    }

    void read(String line) {
      Matcher renamed = RENAMED.matcher(line);
      if (renamed.matches()) {
        String name = renamed.group(1);
        // an app may have got a newer image since the names were read
        taken.putIfAbsent(name, Optional.ofNullable(before.get(name)).map(_ -> renamed.group(2)));
      }
      Matcher loaded = LOADED.matcher(line);
      if (loaded.matches()) {
        String name = loaded.group(1);
        taken.putIfAbsent(name, Optional.ofNullable(before.get(name)));
      }
    }
  }

  /**
   * Gives names back to what had them before, other than the one asked for.
   *
   * @return the names that the archive should not have held
   */
  private Set<String> giveBack(Names names, ImageReference image) {
    Set<String> refused = new TreeSet<>();
    names.taken.forEach(
        (name, before) -> {
          boolean asked = name.equals(familiar(image.text()));
          boolean changed =
              before.isPresent()
                  && engine.image(name).filter(now -> now.id().equals(before.get())).isEmpty();
          if (changed && (!asked || OURS.stream().anyMatch(name::startsWith))) {
            int colon = name.lastIndexOf(':');
            engine.tag(before.get(), name.substring(0, colon), name.substring(colon + 1));
          } else if (asked) {
            return;
          } else if (before.isEmpty()) {
            engine.removeImage(name);
          }
          refused.add(name);
        });
    return refused;
  }

  /** As the engine writes the name. */
  private static String familiar(String reference) {
    String name = reference.replaceFirst("^(index\\.)?docker\\.io/(library/)?", "");
    return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
  }
}
