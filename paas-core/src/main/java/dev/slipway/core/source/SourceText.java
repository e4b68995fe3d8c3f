package dev.slipway.core.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.error.UserError;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** The text of a file that somebody pushed. */
public final class SourceText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SourceText() {}

  /**
   * With {@code \n} line ends, without a byte order mark.
   *
   * @param file as the app's developers know it
   * @throws UserError naming the line, if it is not UTF-8
   */
  public static String of(byte[] bytes, String file) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer to = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(from, to, true);
    to.flip();
    if (result.isError()) {
      throw new UserError(file + " is not valid UTF-8 (line " + lines(to) + ")");
    }
    String text = to.toString().replace("\r\n", "\n");
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new UserError(
          file + " has a NUL character (line " + lines(text.substring(0, nul)) + ")");
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static long lines(CharSequence text) {
    return 1 + text.chars().filter(c -> c == '\n').count();
  }
}
