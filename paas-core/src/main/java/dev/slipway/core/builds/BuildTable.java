package dev.slipway.core.builds;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, two blanks between them; the last one is not padded. */
final class BuildTable {
  private BuildTable() {}

  static List<String> aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.append(row.getLast()).toString());
    }
    return lines;
  }
}
