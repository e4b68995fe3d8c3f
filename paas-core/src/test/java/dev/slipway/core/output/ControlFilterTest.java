package dev.slipway.core.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ControlFilterTest {
  private static String filtered(String text) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    new ControlFilter(whole).write(text.getBytes(UTF_8));
    ByteArrayOutputStream parted = new ByteArrayOutputStream();
    ControlFilter filter = new ControlFilter(parted);
    for (byte b : text.getBytes(UTF_8)) {
      filter.write(b);
    }
    assertThat(parted.toString(UTF_8)).isEqualTo(whole.toString(UTF_8));
    return whole.toString(UTF_8);
  }

  @Test
  void letsTextColoursAndProgressThrough() throws IOException {
    String text =
        "\u001b[1m\u001b[31;48:5:12mred\u001b[0m\tétage – 日本\r 50%\u001b[K\r\u001b[1G\u001b[2Kdone\n";

    assertThat(filtered(text)).isEqualTo(text);
  }

  @Test
  void dropsWhatLeavesTheLine() throws IOException {
    assertThat(
            filtered("a\u001b[2J\u001b[H\u001b[3A\u001b[10;10Hb\u001b[?1049hc\u001b[6nd\u001bce\n"))
        .isEqualTo("abcde\n");
  }

  @Test
  void dropsTitlesClipboardsAndLinks() throws IOException {
    assertThat(
            filtered(
                "a\u001b]0;title\u0007b\u001b]52;c;ZXZpbA==\u001b\\c"
                    + "\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\d\u001bPq#0\u001b\\e"))
        .isEqualTo("abclinkde");
  }

  @Test
  void dropsTheOneCharacterForms() throws IOException {
    assertThat(filtered("a\u009b2Jb\u009d0;title\u0007c\u0085d\u00a0e")).isEqualTo("abcd\u00a0e");
  }

  @Test
  void dropsOtherControlCharacters() throws IOException {
    assertThat(filtered("a\u0000b\bc\u0007d\u007fe\u000ef\u000bg")).isEqualTo("abcdefg");
  }

  @Test
  void swallowsNoMoreThanTheLineOfAnUnfinishedSequence() throws IOException {
    assertThat(
            filtered(
                "a\u001b]0;never ends\nb\u001b[12\nc\u001b\nd\u001b[" + "1".repeat(99) + "m\ne"))
        .isEqualTo("a\nb\nc\nd\ne");
  }
}
