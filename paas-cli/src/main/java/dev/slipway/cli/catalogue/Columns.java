package dev.slipway.cli.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays lines out in columns split at every comma, as {@code column -t -s,} does. Blank lines
 * vanish. Spec: 01 section 2.1.
 */
public final class Columns {
  private Columns() {}

  /**
   * Columns two blanks apart; the blank that follows a comma stays part of the cell unless {@code
   * trimmed}.
   */
  public static List<String> of(List<String> lines, boolean trimmed) {
    List<List<String>> rows = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank()) {
        rows.add(cells(line, trimmed, widths));
      }
    }
    return rows.stream().map(row -> joined(row, widths)).toList();
  }

  private static List<String> cells(String line, boolean trimmed, List<Integer> widths) {
    List<String> cells = new ArrayList<>();
    for (String part : line.split(",", -1)) {
      String cell = trimmed && !cells.isEmpty() ? part.strip() : part;
      int column = cells.size();
      if (column == widths.size()) {
        widths.add(0);
      }
      widths.set(column, Math.max(widths.get(column), cell.length()));
      cells.add(cell);
    }
    return cells;
  }

  private static String joined(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i + 1 < row.size()) {
        line.append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
      }
    }
    return line.toString();
  }
}
