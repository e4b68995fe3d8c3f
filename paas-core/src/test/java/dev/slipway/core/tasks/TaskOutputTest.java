package dev.slipway.core.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskOutputTest {
  private final List<String> lines = new ArrayList<>();

  private void written(String text) {
    try (TaskOutput output = new TaskOutput(lines::add)) {
      byte[] bytes = text.getBytes(UTF_8);
      output.write(bytes, 0, bytes.length);
    }
  }

  @Test
  void passesEachLineOnAndTheRestAtItsEnd() {
    written("one\r\n\ntwo ü");

    assertThat(lines).containsExactly("one", "", "two ü");
  }

  @Test
  void keepsNoLineThatDoesNotEnd() {
    written("x".repeat(200_000));

    assertThat(lines).hasSize(4).allMatch(line -> line.length() <= 65_536);
  }
}
