package dev.slipway.core.ports;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.PortMapping;
import java.util.ArrayList;
import java.util.List;

/** The table of {@code ports:list}. Spec: 02 section 4.2. */
record PortsTable(List<PortMapping> mappings) {
  private static final List<String> HEADER =
      List.of("-----> scheme", "host port", "container port");

  void print(Call call) {
    List<List<String>> rows = new ArrayList<>();
    if (!call.quiet()) {
      rows.add(HEADER);
    }
    mappings.stream().sorted().map(PortsTable::cells).forEach(rows::add);
    int first = width(rows, 0);
    int second = width(rows, 1);
    for (List<String> row : rows) {
      call.out().line("    " + padded(row.get(0), first) + padded(row.get(1), second) + row.get(2));
    }
  }

  private static List<String> cells(PortMapping each) {
    return List.of(
        each.scheme(), String.valueOf(each.hostPort()), String.valueOf(each.containerPort()));
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
