package dev.slipway.core.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text for bytes that should be UTF-8 but need not be, and the very same bytes back: a byte that
 * cannot be decoded becomes the lone surrogate U+DC00 + byte, which no valid UTF-8 yields.
 */
public final class ExactText {
  private static final char ESCAPE = '\uDC00';

  private ExactText() {}

  public static String decode(byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer to = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(from, to, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        to.put((char) (ESCAPE + (from.get() & 0xff)));
      }
      result = decoder.decode(from, to, true);
    }
    return to.flip().toString();
  }

  public static byte[] encode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text, i)) {
        bytes.writeBytes(text.substring(plain, i).getBytes(StandardCharsets.UTF_8));
        bytes.write(text.charAt(i) - ESCAPE);
        plain = i + 1;
      }
    }
    bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static boolean isEscape(String text, int index) {
    char c = text.charAt(index);
    boolean pair = index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff && !pair;
  }
}
