package dev.slipway.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactTextTest {

  @Test
  void validUtf8IsOrdinaryText() {
    String text = "a \n\u00e9 \u20ac \ud83d\ude80 \u0000";

    assertThat(ExactText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    assertThat(ExactText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesThatAreNoUtf8ComeBackUnchanged() {
    byte[] surrogateInUtf8 = {'a', (byte) 0xed, (byte) 0xb3, (byte) 0xbf, 'b'};

    assertThat(ExactText.encode(ExactText.decode(surrogateInUtf8))).isEqualTo(surrogateInUtf8);
    assertThat(ExactText.decode(new byte[] {'x', (byte) 0xff})).isEqualTo("x\udcff");
  }

  @Test
  void anyBytesComeBackUnchanged() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);

      assertThat(ExactText.encode(ExactText.decode(bytes))).isEqualTo(bytes);
    }
  }
}
