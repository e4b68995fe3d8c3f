package dev.slipway.builder.git;

import java.util.HashMap;
import java.util.Map;

/**
 * What a {@code .gitmodules} file says: which path has which URL. All else in it is passed over.
 */
final class ModuleUrls {
  private static final String PREFIX = "submodule.";

  private ModuleUrls() {}

  /**
   * @param printed what {@code git config -z --list} prints
   * @return URLs by path; the last one counts
   */
  static Map<String, String> parse(String printed) {
    Map<String, String> paths = new HashMap<>();
    Map<String, String> urls = new HashMap<>();
    for (String entry : printed.split("\0")) {
      int end = entry.indexOf('\n');
      String key = end < 0 ? entry : entry.substring(0, end);
      String value = end < 0 ? "" : entry.substring(end + 1);
      if (key.startsWith(PREFIX) && key.endsWith(".path")) {
        paths.put(name(key, ".path"), value);
      } else if (key.startsWith(PREFIX) && key.endsWith(".url")) {
        urls.put(name(key, ".url"), value);
      }
    }
    Map<String, String> byPath = new HashMap<>();
    paths.forEach(
        (name, path) -> {
          String url = urls.get(name);
          if (url != null) {
            byPath.put(path, url);
          }
        });
    return byPath;
  }

  private static String name(String key, String suffix) {
    return key.length() <= PREFIX.length() + suffix.length()
        ? ""
        : key.substring(PREFIX.length(), key.length() - suffix.length());
  }
}
