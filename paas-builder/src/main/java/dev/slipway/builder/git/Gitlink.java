package dev.slipway.builder.git;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a tree another repository's commit belongs. */
record Gitlink(String path, String commit) {
  private static final Pattern ENTRY =
      Pattern.compile("160000 commit ([0-9a-f]{40,64})\t(.+)", Pattern.DOTALL);

  /** Those among the entries that {@code ls-tree -r -z} prints. */
  static List<Gitlink> parse(String printed) {
    List<Gitlink> links = new ArrayList<>();
    for (String entry : printed.split("\0")) {
      Matcher link = ENTRY.matcher(entry);
      if (link.matches()) {
        links.add(new Gitlink(link.group(2), link.group(1)));
      }
    }
    return links;
  }
}
