package dev.slipway.core.builds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedLogTest {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private String logged(String... writes) throws IOException {
    try (BoundedLog log = new BoundedLog(file, 10)) {
      for (String each : writes) {
        log.write(each.getBytes(UTF_8));
      }
    }
    return file.toString(UTF_8);
  }

  @Test
  void keepsAllThatIsNotMuchMoreThanTheLimit() throws IOException {
    assertThat(logged("0123456", "789abc", "def")).isEqualTo("0123456789abcdef");
  }

  @Test
  void keepsTheBeginningAndTheEndOfMore() throws IOException {
    int tail = 256 * 1024;

    String text = logged("0123456", "789abc", "x".repeat(tail), "y".repeat(tail), "end\n");

    assertThat(text)
        .startsWith("0123456789\n !     " + (tail + 7) + " bytes of output are not kept here\nyyy")
        .endsWith("yyyend\n")
        .hasSizeLessThan(tail + 100);
  }
}
