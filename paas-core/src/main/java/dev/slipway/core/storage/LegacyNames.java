package dev.slipway.core.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How entries are named that nobody named. Spec: 04 section 9.1. */
final class LegacyNames {
  private static final int DIGITS = 10;

  private LegacyNames() {}

  /** The same for the same path or volume, so two apps share one entry. */
  static String of(String hostPath) {
    String told = hostPath.startsWith("/") ? hostPath : "vol:" + hostPath;
    try {
      byte[] sum = MessageDigest.getInstance("SHA-1").digest(told.getBytes(UTF_8));
      return "legacy-" + HexFormat.of().formatHex(sum).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
