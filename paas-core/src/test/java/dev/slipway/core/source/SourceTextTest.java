package dev.slipway.core.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import org.junit.jupiter.api.Test;

class SourceTextTest {
  @Test
  void lineEndsAreOneCharacterAndTheMarkAtTheBeginningGoes() {
    assertThat(SourceText.of("\uFEFFweb: é\r\nx: y\r\n".getBytes(UTF_8), "Procfile"))
        .isEqualTo("web: é\nx: y\n");
  }

  @Test
  void namesTheLineOfBytesThatAreNotText() {
    assertThatThrownBy(() -> SourceText.of("a\nb: \u00e9\n".getBytes(ISO_8859_1), "Procfile"))
        .isInstanceOf(UserError.class)
        .hasMessage("Procfile is not valid UTF-8 (line 2)");
    assertThatThrownBy(() -> SourceText.of("a\n\nb: \0".getBytes(UTF_8), "Procfile"))
        .isInstanceOf(UserError.class)
        .hasMessage("Procfile has a NUL character (line 3)");
  }
}
