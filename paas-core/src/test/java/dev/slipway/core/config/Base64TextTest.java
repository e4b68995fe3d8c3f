package dev.slipway.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Base64TextTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'',-1",
        "YQ==,-1",
        "YWI=,-1",
        "YWJj,-1",
        "YWJjZA==,-1",
        "*,0",
        "YW*j,2",
        "YQ,0",
        "YQ=,3",
        "YWJjZ,4",
        "=,0",
        "Y===,1",
        "YQ=a,3",
        "YQ==YQ==,4",
        "YQ=== ,4",
        "a b=,1",
        "YWJj_w==,4"
      })
  void findsTheFirstByteOutOfPlace(String text, int index) {
    assertThat(Base64Text.firstBadByte(text)).as(text).isEqualTo(index);
  }

  @Test
  void takesLineEndsAsTheShellToolWritesThem() {
    String wrapped = "eHh4\neHh4\r\n\n";

    assertThat(Base64Text.firstBadByte(wrapped)).isEqualTo(-1);
    assertThat(new String(Base64Text.decode(wrapped), UTF_8)).isEqualTo("xxxxxx");
  }

  @Test
  void takesWhateverWasEncoded() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(50)];
      random.nextBytes(bytes);
      String text = Base64.getMimeEncoder().encodeToString(bytes);
      assertThat(Base64Text.firstBadByte(text)).as("seed %d", seed).isEqualTo(-1);
      assertThat(Base64Text.decode(text)).as("seed %d", seed).isEqualTo(bytes);
    }
  }
}
