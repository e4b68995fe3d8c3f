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
    if (result.isError()) {
      long line = 1 + to.flip().chars().filter(c -> c == '\n').count();
      throw new UserError(file + " is not valid UTF-8 (line " + line + ")");
    }
    String text = to.flip().toString().replace("\r\n", "\n");
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }
}
