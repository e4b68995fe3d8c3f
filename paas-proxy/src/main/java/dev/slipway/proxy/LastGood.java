package dev.slipway.proxy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Copies of the files that nginx accepted last, for all apps, since plugins and administrators
 * write these files too. Not safe for use by many threads; the queue uses it one at a time.
 *
 * <pre>
 * LIB/data/nginx-vhosts/app-APP/
 *   last-good/nginx.conf, last-good/nginx.conf.d/*.conf   accepted
 *   refused/...                                           what was set aside, for a person to look at
 * </pre>
 */
final class LastGood {
  private final Roots roots;
  private final DurableFiles files;
  private final Map<Path, String> kept = new HashMap<>();

  LastGood(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /**
   * Notes that nginx accepts everything as it is on disk now.
   *
   * @param underWay tells the folder of an app whose files nginx may not have seen yet
   */
  void keepAll(Predicate<Path> underWay) {
    for (Path site : matching(roots.dokkuRoot(), "*")) {
      if (Files.isRegularFile(site.resolve("nginx.conf"))) {
        appFiles(site).forEach(file -> keep(site, file, underWay));
      }
    }
  }

  private void keep(Path site, Path file, Predicate<Path> underWay) {
    String stamp = stamp(file);
    if (stamp.isEmpty() || stamp.equals(kept.get(file))) {
      return;
    }
    files
        .read(file)
        // asked after reading: what is written from now on does no harm
        .filter(text -> !underWay.test(site))
        .ifPresent(
            text -> {
              Path copy = folder(site, "last-good").resolve(site.relativize(file).toString());
              if (!files.read(copy).map(text::equals).orElse(false)) {
                files.write(copy, text, DurableFiles.READABLE);
              }
              kept.put(file, stamp);
            });
  }

  /**
   * Puts the accepted text of a file back and the present one aside.
   *
   * @return false if there is none, or it is the present one
   */
  boolean restore(AppName app, Path file) {
    Optional<String> good = accepted(app, file);
    Optional<String> present = files.read(file);
    if (good.isEmpty() || good.equals(present)) {
      return false;
    }
    replace(app, file, good.get());
    return true;
  }

  /** The text of a file that nginx accepted last. */
  Optional<String> accepted(AppName app, Path file) {
    Path site = roots.app(app);
    return files.read(folder(site, "last-good").resolve(site.relativize(file).toString()));
  }

  /** Puts other text in place of a file, and the present one aside. */
  void replace(AppName app, Path file, String text) {
    Path site = roots.app(app);
    Path aside = folder(site, "refused").resolve(site.relativize(file).toString());
    files.read(file).ifPresent(bad -> files.write(aside, bad, DurableFiles.READABLE));
    files.write(file, text, DurableFiles.READABLE);
  }

  void forget(AppName app) {
    files.deleteTree(folder(roots.app(app), ""));
    kept.keySet().removeIf(file -> file.startsWith(roots.app(app)));
  }

  private Path folder(Path site, String part) {
    return roots.data("nginx-vhosts").resolve("app-" + site.getFileName()).resolve(part);
  }

  private static List<Path> appFiles(Path site) {
    List<Path> all = new ArrayList<>(matching(site.resolve("nginx.conf.d"), "*.conf"));
    all.add(site.resolve("nginx.conf"));
    return all;
  }

  private static List<Path> matching(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
    return found;
  }

  private static String stamp(Path file) {
    try {
      Map<String, Object> facts = Files.readAttributes(file, "unix:ino,size,ctime");
      return facts.get("ino") + " " + facts.get("size") + " " + facts.get("ctime");
    } catch (IOException gone) {
      return "";
    }
  }
}
