package dev.slipway.core.config;

import java.util.Base64;

/**
 * Base64 with the standard alphabet and padding, line ends anywhere, as {@code base64} of the shell
 * writes it. Spec: 01 section 10.2.
 */
final class Base64Text {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int GROUP = 4;

  private Base64Text() {}

  /** The bytes of a text in which {@link #firstBadByte} finds nothing. */
  static byte[] decode(String text) {
    return Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
  }

  /** The index of the first character that is out of place, -1 if the text is well formed. */
  static int firstBadByte(String text) {
    int inGroup = 0;
    int groupStart = 0;
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        continue;
      }
      boolean isPad = c == '=' && inGroup >= 2;
      if ((padding > 0 && (!isPad || inGroup == 0)) || (!isPad && ALPHABET.indexOf(c) < 0)) {
        return i;
      }
      groupStart = inGroup == 0 ? i : groupStart;
      padding += isPad ? 1 : 0;
      inGroup = (inGroup + 1) % GROUP;
    }
    return inGroup == 0 ? -1 : padding > 0 ? text.length() : groupStart;
  }
}
