package dev.slipway.core.sshkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A public key as it stands on one line: {@code TYPE BASE64 COMMENT}. The bytes have been taken
 * apart once, so type and content agree; certificates are not keys.
 *
 * @param base64 the encoded key, as it was written
 * @param comment may be empty; has no control characters
 */
public record PublicKeyText(String type, String base64, String comment) {
  private static final int LEAST_RSA_BITS = 1024;

  /** What follows the type inside the encoded key. */
  private enum Field {
    NUMBER,
    TEXT,
    CURVE_POINT,
    ED25519
  }

  private static final List<Field> CURVE = List.of(Field.TEXT, Field.CURVE_POINT);
  private static final Map<String, List<Field>> SHAPES =
      Map.of(
          "ssh-rsa", List.of(Field.NUMBER, Field.NUMBER),
          "ssh-dss", List.of(Field.NUMBER, Field.NUMBER, Field.NUMBER, Field.NUMBER),
          "ssh-ed25519", List.of(Field.ED25519),
          "ecdsa-sha2-nistp256", CURVE,
          "ecdsa-sha2-nistp384", CURVE,
          "ecdsa-sha2-nistp521", CURVE,
          "sk-ssh-ed25519@openssh.com", List.of(Field.ED25519, Field.TEXT),
          "sk-ecdsa-sha2-nistp256@openssh.com", List.of(Field.TEXT, Field.CURVE_POINT, Field.TEXT));

  /** Whether a line may begin with this word, so that no options stand before the key. */
  static boolean isType(String word) {
    return SHAPES.containsKey(word);
  }

  /** Reads one line without options; nothing if it is not a valid public key. */
  public static Optional<PublicKeyText> parse(String line) {
    String[] part = line.strip().split("[ \t]+", 3);
    if (part.length < 2 || !isType(part[0])) {
      return Optional.empty();
    }
    String comment = part.length == 3 ? part[2] : "";
    if (comment.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      return Optional.empty();
    }
    return Optional.of(new PublicKeyText(part[0], part[1], comment)).filter(PublicKeyText::isSound);
  }

  /** The encoded key, as it travels in the SSH protocol. */
  public byte[] blob() {
    return Base64.getDecoder().decode(base64);
  }

  /** {@code SHA256:...}, as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    return fingerprint(blob());
  }

  /** The fingerprint of an encoded key. */
  public static String fingerprint(byte[] blob) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return comment.isEmpty() ? type + " " + base64 : type + " " + base64 + " " + comment;
  }

  private boolean isSound() {
    try {
      ByteBuffer rest = ByteBuffer.wrap(blob());
      if (!type.equals(new String(next(rest), US_ASCII))) {
        return false;
      }
      for (Field field : SHAPES.getOrDefault(type, List.of())) {
        if (!fits(field, next(rest))) {
          return false;
        }
      }
      return !rest.hasRemaining();
    } catch (IllegalArgumentException | BufferUnderflowException torn) {
      return false;
    }
  }

  private boolean fits(Field field, byte[] content) {
    return switch (field) {
      case NUMBER -> content.length > 0 && isLongEnough(content);
      case TEXT -> content.length > 0;
      case CURVE_POINT -> content.length > 32 && content[0] == 4;
      case ED25519 -> content.length == 32;
    };
  }

  /** The modulus is the one long number of an RSA key; its exponent has a few bytes. */
  private boolean isLongEnough(byte[] number) {
    boolean modulus = type.equals("ssh-rsa") && number.length > 8;
    return !modulus || new BigInteger(1, number).bitLength() >= LEAST_RSA_BITS;
  }

  private static byte[] next(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new IllegalArgumentException("a field longer than the key");
    }
    byte[] content = new byte[length];
    from.get(content);
    return content;
  }
}
