package dev.slipway.proxy;

import java.util.ArrayList;
import java.util.List;

/** Text in indented blocks, as nginx reads it. */
final class ConfigLines {
  private final List<String> all = new ArrayList<>();
  private int depth;

  ConfigLines add(String line) {
    all.add("  ".repeat(depth) + line);
    return this;
  }

  ConfigLines open(String head) {
    if (depth == 0 && !all.isEmpty()) {
      all.add("");
    }
    add(head + " {");
    depth++;
    return this;
  }

  ConfigLines close() {
    depth--;
    return add("}");
  }

  @Override
  public String toString() {
    return all.isEmpty() ? "" : String.join("\n", all) + "\n";
  }
}
