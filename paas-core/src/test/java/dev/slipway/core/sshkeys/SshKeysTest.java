package dev.slipway.core.sshkeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.UserError;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeysTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA me@home";
  private static final String OTHER =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String OPTIONS = AuthorizedKeys.DEFAULT_OPTIONS;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final String fingerprint = PublicKeyText.parse(KEY).orElseThrow().fingerprint();

  @TempDir private Path root;
  private SshKeys keys;
  private Path file;

  @BeforeEach
  void setUp() {
    String user = System.getProperty("user.name");
    Roots roots = new Roots(root, root.resolve("lib"), root, root, user, user);
    keys = new SshKeys(roots, new DurableFiles(roots));
    file = SshKeys.file(roots);
  }

  @Test
  void addsAKeyFromAPipeWithAndWithoutFinalNewline() throws IOException {
    keys.add(call(KEY), "one", Optional.empty());
    keys.add(call(OTHER + "\nsecond line"), "two", Optional.empty());
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            fingerprint + "\n" + PublicKeyText.parse(OTHER).orElseThrow().fingerprint() + "\n");
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwx------");
  }

  @Test
  void addsAKeyFromAFile() throws IOException {
    Path key = Files.writeString(root.resolve("key.pub"), KEY + "\n");
    keys.add(call(""), "one", Optional.of(key));
    assertThat(Files.readString(file))
        .isEqualTo(
            "command=\"FINGERPRINT="
                + fingerprint
                + " NAME=\\\"one\\\" `cat "
                + root
                + "/.sshcommand` $SSH_ORIGINAL_COMMAND\","
                + OPTIONS
                + " "
                + KEY
                + "\n");
  }

  @Test
  void takesOtherOptionsFromTheEnvironment() {
    Call call = call(KEY).with("SSHCOMMAND_ALLOWED_KEYS", "restrict");
    keys.add(call, "one", Optional.empty());
    out.reset();
    keys.list(call(""), Optional.empty());
    assertThat(out.toString(UTF_8))
        .isEqualTo(fingerprint + " NAME=\"one\" SSHCOMMAND_ALLOWED_KEYS=\"restrict\"\n");
  }

  @Test
  void refusesWhatIsNotOneKey() throws IOException {
    Path none = root.resolve("none");
    Path two = Files.writeString(root.resolve("two"), KEY + "\n" + OTHER + "\n");
    assertRefused(() -> add("", "a"), "No key specified via file or pipe", "");
    assertRefused(() -> keys.add(call(""), "a", Optional.of(none)), "Empty key was specified", "");
    assertRefused(
        () -> keys.add(call(""), "a", Optional.of(two)),
        "Too many keys provided, set one per invocation of dokku ssh-keys:add <NAME> <KEY_FILE>",
        "");
    assertRefused(() -> add("hello", "a"), "Key specified in is not a valid ssh public key", "");
    assertRefused(
        () -> add("no-pty " + KEY, "a"),
        "sshcommand returned an error: 1",
        "Invalid ssh public key\n");
    assertRefused(
        () -> add(KEY, ""),
        "sshcommand returned an error: 1",
        "Usage: sshcommand acl-add <USER> <NAME> <KEY_FILE> \n");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesDuplicates() {
    add(KEY, "one");
    assertRefused(
        () -> add(OTHER, "one"), "sshcommand returned an error: 1", "Duplicate ssh key name\n");
    assertRefused(
        () -> add(KEY, "two"),
        "sshcommand returned an error: 1",
        "Duplicate ssh public key specified\n");
  }

  @Test
  void refusesNamesThatWouldBreakOutOfTheLine() {
    for (String name :
        new String[] {"x\" NAME=\"admin", "a\nb", "$(id)", "`id`", "a\\", "\u0000"}) {
      assertThatThrownBy(() -> add(KEY, name)).isInstanceOf(UserError.class);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void keepsTheKeyButFailsWhenAnotherLineIsBad() throws IOException {
    Files.createDirectories(root.resolve(".ssh"));
    Files.writeString(file, "# a comment\n");
    assertThatThrownBy(() -> add(KEY, "one"))
        .isInstanceOf(UserError.class)
        .hasMessage(file + " line 1 failed ssh-keygen check.");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void listsTextAndJson() {
    add(KEY, "one");
    out.reset();
    keys.list(call(""), Optional.of("one"));
    keys.listJson(call(""), Optional.empty());
    keys.listJson(call(""), Optional.of("one"));
    keys.listJson(call(""), Optional.of("none"));
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            fingerprint + " NAME=\"one\" SSHCOMMAND_ALLOWED_KEYS=\"" + OPTIONS + "\"",
            "[{ \"fingerprint\": \"%s\", \"name\": \"one\", \"SSHCOMMAND_ALLOWED_KEYS\": \"%s\", \"public-key\": \"%s\" }]"
                .formatted(fingerprint, OPTIONS, KEY),
            "[{\"fingerprint\":\"%s\",\"name\":\"one\",\"SSHCOMMAND_ALLOWED_KEYS\":\"%s\",\"public-key\":\"%s\"}]"
                .formatted(fingerprint, OPTIONS, KEY),
            "[]");
    assertThatThrownBy(() -> keys.list(call(""), Optional.of("none")))
        .isInstanceOf(UserError.class)
        .hasMessage("");
  }

  @Test
  void saysWhyItCannotList() throws IOException {
    String user = System.getProperty("user.name");
    assertRefused(
        () -> keys.list(call(""), Optional.empty()), "authorized_keys not found for " + user, "");
    Files.createDirectories(root.resolve(".ssh"));
    Files.writeString(file, "\n");
    assertRefused(
        () -> keys.list(call(""), Optional.empty()), "authorized_keys is empty for " + user, "");
    Files.writeString(file, "# comment\nnonsense\n");
    assertRefused(
        () -> keys.list(call(""), Optional.empty()), file + " line 2 failed ssh-keygen check.", "");
  }

  @Test
  void removesByNameAndByFingerprint() throws IOException {
    add(KEY, "one");
    add(OTHER, "two");
    keys.removeNamed("nobody");
    assertThat(Files.readAllLines(file)).hasSize(2);
    keys.removeNamed("one");
    assertThat(Files.readAllLines(file)).singleElement().asString().endsWith(OTHER);
    keys.removeFingerprint(PublicKeyText.parse(OTHER).orElseThrow().fingerprint());
    assertRefused(() -> keys.removeNamed("one"), "No public keys found.", "");
    assertRefused(
        () -> keys.removeNamed(""),
        "A name is required to remove a key, ie: dokku ssh-keys:remove <name>",
        "");
  }

  private void add(String input, String name) {
    keys.add(call(input), name, Optional.empty());
  }

  private void assertRefused(Runnable act, String message, String said) {
    err.reset();
    assertThatThrownBy(act::run).isInstanceOf(UserError.class).hasMessage(message);
    assertThat(err.toString(UTF_8)).isEqualTo(said);
  }

  private Call call(String input) {
    Streams streams = new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err);
    return Call.from(
        Identity.local("root", true), "tree", Map.of(), root, streams, Optional.empty(), p -> 127);
  }
}
