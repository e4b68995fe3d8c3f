package dev.slipway.core.sshkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.sshkeys.Admission.Admitted;
import dev.slipway.core.sshkeys.Admission.Refused;
import dev.slipway.core.sshkeys.Admission.Unknown;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizedKeysTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final String OPTIONS = AuthorizedKeys.DEFAULT_OPTIONS;

  private final PublicKeyText key = key(1);

  @Test
  void admitsAKeyUnderItsNameInBothForms() {
    String old = line("NAME=admin", key, "," + OPTIONS);
    String current = line("NAME=\\\"my laptop\\\"", key, "," + OPTIONS);
    assertThat(admit(old)).isEqualTo(new Admitted("admin", key.fingerprint(), true));
    assertThat(admit(current)).isEqualTo(new Admitted("my laptop", key.fingerprint(), true));
  }

  @Test
  void theFirstLineOfAKeyDecides() {
    String content = named("first", key, "") + "\n" + named("second", key, "");
    assertThat(admit(content)).isEqualTo(new Admitted("first", key.fingerprint(), true));
  }

  @Test
  void aLineWhoseConditionDoesNotHoldIsPassedOver() {
    String elsewhere = named("elsewhere", key, ",from=\"198.51.100.0/24\"");
    assertThat(admit(elsewhere)).isInstanceOf(Refused.class);
    assertThat(admit(elsewhere + "\n" + named("here", key, "")))
        .isEqualTo(new Admitted("here", key.fingerprint(), true));
  }

  @Test
  void doesNotKnowOtherKeysAndCommentedLines() {
    assertThat(admit(named("other", key(2), ""))).isInstanceOf(Unknown.class);
    assertThat(admit("# " + named("gone", key, ""))).isInstanceOf(Unknown.class);
    assertThat(admit("")).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7",
        "192.0.2.0/24",
        "10.0.0.0/8,192.0.2.*",
        "192.0.2.?",
        "0.0.0.0/0",
        "!192.0.2.8,*"
      })
  void fromLetsItsSourcesIn(String patterns) {
    assertThat(admit(named("a", key, ",from=\"" + patterns + "\""))).isInstanceOf(Admitted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.8",
        "192.0.3.0/24",
        "!192.0.2.7,*",
        "*,!192.0.2.0/24",
        "",
        "192.0.2.7/33",
        "host.example.com",
        "2001:db8::/32",
        "/",
        "192.0.2.7/x"
      })
  void fromKeepsAllOthersOut(String patterns) {
    assertThat(admit(named("a", key, ",from=\"" + patterns + "\""))).isInstanceOf(Refused.class);
  }

  @Test
  void fromUnderstandsNetworksOfIpv6() {
    AuthorizedKeys keys = AuthorizedKeys.parse(named("a", key, ",from=\"2001:db8::/32\""));
    assertThat(keys.admit(key.blob(), InetAddress.ofLiteral("2001:db8::1"), NOW))
        .isInstanceOf(Admitted.class);
    assertThat(keys.admit(key.blob(), InetAddress.ofLiteral("2001:db9::1"), NOW))
        .isInstanceOf(Refused.class);
  }

  @Test
  void expiryTimeBinds() {
    assertThat(admit(expires("20270101"))).isInstanceOf(Admitted.class);
    assertThat(admit(expires("20260801120001Z"))).isInstanceOf(Admitted.class);
    assertThat(admit(expires("20260801120000Z"))).isInstanceOf(Refused.class);
    assertThat(admit(expires("202608011159Z"))).isInstanceOf(Refused.class);
    assertThat(admit(expires("20250101"))).isInstanceOf(Refused.class);
    assertThat(admit(expires("tomorrow"))).isInstanceOf(Refused.class);
    assertThat(admit(expires("20269901"))).isInstanceOf(Refused.class);
  }

  @Test
  void noPtyAndRestrictTakeTheTerminalAwayAndPtyGivesItBack() {
    assertThat(admit(named("a", key, ",no-pty")))
        .isEqualTo(new Admitted("a", key.fingerprint(), false));
    assertThat(admit(named("a", key, ",NO-PTY")))
        .isEqualTo(new Admitted("a", key.fingerprint(), false));
    assertThat(admit(named("a", key, ",restrict")))
        .isEqualTo(new Admitted("a", key.fingerprint(), false));
    assertThat(admit(named("a", key, ",restrict,pty")))
        .isEqualTo(new Admitted("a", key.fingerprint(), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment=\\\"A=b\\\"",
        "cert-authority",
        "principals=\"dokku\"",
        "verify-required",
        "command=\"/bin/sh\"",
        "no-such-option"
      })
  void refusesWhatItCannotHonour(String option) {
    assertThat(admit(named("a", key, "," + option.replace("\\\"", "\""))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void refusesAKeyWithoutOrWithAnotherForcedCommand() {
    assertThat(admit(key.toString())).isInstanceOf(Refused.class);
    assertThat(admit("no-pty " + key)).isInstanceOf(Refused.class);
    assertThat(admit("command=\"/usr/local/bin/backup\" " + key)).isInstanceOf(Refused.class);
    assertThat(admit("command=\"\" " + key)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NAME=\\\"x\\\" NAME=\\\"admin\\\"",
        "NAME=\\\"$(id)\\\"",
        "NAME=\\\"`id`\\\"",
        "NAME=\\\"a\\b\\\"",
        "NAME=\\\"\\\"",
        "NAME=x;id",
        "NAME=x y",
        "NAME=",
        "NAME=\\\"a\u001b[2J\\\""
      })
  void refusesNamesThatAShellWouldChange(String name) {
    assertThat(admit(line(name, key, "," + OPTIONS))).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command=\"unclosed ssh-ed25519 AAAA",
        "no-pty,, ssh-ed25519 AAAA",
        "ssh-ed25519",
        "ssh-ed25519 ====",
        "ssh-ed25519 AAAA",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "from=192.0.2.7 ssh-ed25519 AAAA",
        "just words",
        "\"",
        "\\\"",
        ","
      })
  void takesBrokenLinesForWhatTheyAre(String text) {
    AuthorizedKeys keys = AuthorizedKeys.parse("\n" + text + "\n" + named("a", key, ""));
    assertThat(keys.firstBadLine(false)).hasValue(2);
    assertThat(keys.admit(key.blob(), HERE, NOW)).isInstanceOf(Admitted.class);
  }

  @Test
  void listsOnlyLinesOfTheReferencesForm() {
    String content =
        String.join(
            "\n",
            "# comment",
            named("one", key, "," + OPTIONS),
            key(2).toString(),
            "no-pty," + named("three", key(3), ""),
            named("four", key(4), ",from=\"192.0.2.0/24\",no-pty"));
    assertThat(AuthorizedKeys.parse(content).entries())
        .extracting(AuthorizedKeys.Entry::name, AuthorizedKeys.Entry::allowedKeys)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("one", OPTIONS),
            org.assertj.core.groups.Tuple.tuple("four", "from=\"192.0.2.0/24\",no-pty"));
  }

  @Test
  void addsExactlyTheReferencesLineAndKeepsAllOthers() {
    String before = "# mine\n\n" + key(2) + "\n";
    String after =
        AuthorizedKeys.parse(before).with("my key", key, OPTIONS, "/home/dokku/.sshcommand");
    assertThat(after)
        .isEqualTo(
            before
                + "command=\"FINGERPRINT="
                + key.fingerprint()
                + " NAME=\\\"my key\\\" `cat /home/dokku/.sshcommand` $SSH_ORIGINAL_COMMAND\","
                + "no-agent-forwarding,no-user-rc,no-X11-forwarding,no-port-forwarding "
                + key
                + "\n");
    AuthorizedKeys keys = AuthorizedKeys.parse(after);
    assertThat(keys.without(entry -> entry.name().equals("my key"))).isEqualTo(before);
  }

  @Test
  void acceptsLinesOfAFileWithWindowsLineEnds() {
    assertThat(admit(named("a", key, "") + "\r\n")).isInstanceOf(Admitted.class);
  }

  private Admission admit(String content) {
    return AuthorizedKeys.parse(content).admit(key.blob(), HERE, NOW);
  }

  private String expires(String time) {
    return named("a", key, ",expiry-time=\"" + time + "\"");
  }

  private static String named(String name, PublicKeyText key, String options) {
    return line("NAME=\\\"" + name + "\\\"", key, options);
  }

  private static String line(String name, PublicKeyText key, String options) {
    return "command=\"FINGERPRINT="
        + key.fingerprint()
        + " "
        + name
        + " `cat /home/dokku/.sshcommand` $SSH_ORIGINAL_COMMAND\""
        + options
        + " "
        + key;
  }

  private static PublicKeyText key(int seed) {
    byte[] point = new byte[32];
    point[0] = (byte) seed;
    ByteBuffer blob = ByteBuffer.allocate(4 + 11 + 4 + 32);
    blob.putInt(11).put("ssh-ed25519".getBytes(US_ASCII)).putInt(32).put(point);
    String text = "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob.array()) + " c" + seed;
    return List.of(text).stream().map(PublicKeyText::parse).findFirst().orElseThrow().orElseThrow();
  }
}
