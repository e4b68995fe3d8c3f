package dev.slipway.core.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final SecretMask mask = new SecretMask(shown);

  private String masked(List<String> secrets, String text) throws IOException {
    mask.mask(secrets);
    mask.write(text.getBytes(UTF_8));
    mask.finish();
    return shown.toString(UTF_8);
  }

  @Test
  void replacesEverySecret() throws IOException {
    assertThat(masked(List.of("hunter2", "s3cr3t-t0ken"), "a hunter2 b\ns3cr3t-t0kenhunter2!\n"))
        .isEqualTo("a *** b\n***!\n");
  }

  @Test
  void masksWhatOverlapsAndWhatIsWithin() throws IOException {
    assertThat(masked(List.of("abcdef", "defghi", "bcdefg"), "xabcdefghiy abcdef abcdeg"))
        .isEqualTo("x***y *** abcdeg");
  }

  @Test
  void masksEachLineOfASecretOfSeveral() throws IOException {
    String key = "-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA\r\nab\nAQABAoIBAQC\n-----END KEY-----";

    assertThat(masked(List.of(key), "key MIIEpAIBAAKCAQEA\n    AQABAoIBAQC ab\n"))
        .isEqualTo("key ***\n    *** ab\n");
  }

  @Test
  void masksASecretOfAnyLength() throws IOException {
    String secret = "0123456789abcdef".repeat(5000);

    assertThat(masked(List.of(secret), "<" + secret + ">")).isEqualTo("<***>");
  }

  @Test
  void showsWhatOnlyBeginsLikeASecretWithItsLine() throws IOException {
    mask.mask(List.of("secret-value"));

    mask.write("the secret".getBytes(UTF_8));
    assertThat(shown.toString(UTF_8)).isEqualTo("the ");
    mask.write("\nnext".getBytes(UTF_8));
    assertThat(shown.toString(UTF_8)).isEqualTo("the secret\nnext");
  }

  @Test
  void doesTheSameHoweverTheBytesAreCut() throws IOException {
    List<String> secrets = List.of("aaaaab", "aabaab", "bababababa", "ünïcödé-secret");
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        text.append(random.nextInt(9) == 0 ? secrets.get(random.nextInt(4)) : "");
        text.append("ab\nü".charAt(random.nextInt(4)));
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      assertThat(cut(secrets, bytes, random)).isEqualTo(expected(secrets, bytes));
    }
  }

  private static String cut(List<String> secrets, byte[] bytes, Random random) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    SecretMask mask = new SecretMask(shown);
    mask.mask(secrets);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, random.nextInt(4));
      mask.write(bytes, at, length);
      mask.flush();
      at += length;
    }
    mask.finish();
    return shown.toString(UTF_8);
  }

  /** By looking everywhere for everything. */
  private static String expected(List<String> secrets, byte[] bytes) {
    boolean[] secret = new boolean[bytes.length];
    for (String each : secrets) {
      byte[] wanted = each.getBytes(UTF_8);
      for (int at = 0; at + wanted.length <= bytes.length; at++) {
        if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
          java.util.Arrays.fill(secret, at, at + wanted.length, true);
        }
      }
    }
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at++) {
      if (!secret[at]) {
        shown.write(bytes[at]);
      } else if (at == 0 || !secret[at - 1]) {
        shown.writeBytes("***".getBytes(UTF_8));
      }
    }
    return shown.toString(UTF_8);
  }

  @Test
  void aHugeLineDoesNotGrowTheMemory() throws IOException {
    List<Integer> writes = new ArrayList<>();
    SecretMask streaming =
        new SecretMask(
            new OutputStream() {
              @Override
              public void write(int b) {
                writes.add(1);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                writes.add(length);
              }
            });
    streaming.mask(List.of("x".repeat(300) + "y"));
    byte[] block = "x".repeat(100_000).getBytes(UTF_8);
    for (int i = 0; i < 50; i++) {
      streaming.write(block);
    }

    assertThat(writes.stream().mapToInt(Integer::intValue).sum())
        .isGreaterThan(50 * block.length - 302);
  }
}
