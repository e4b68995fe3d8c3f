package dev.slipway.core.sshkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.Flock;
import dev.slipway.core.sshkeys.AuthorizedKeys.Entry;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The keys that may log in. Spec: 01 section 11.3. */
public final class SshKeys {
  private static final String MODE = "rwx------";

  private final Path file;
  private final Path sshcommand;
  private final String systemUser;
  private final DurableFiles files;

  public SshKeys(Roots roots, DurableFiles files) {
    this.file = file(roots);
    this.sshcommand = roots.dokkuRoot().resolve(".sshcommand");
    this.systemUser = roots.systemUser();
    this.files = files;
  }

  /** Where the keys are kept. */
  public static Path file(Roots roots) {
    return roots.dokkuRoot().resolve(".ssh").resolve("authorized_keys");
  }

  /**
   * Adds a key and prints its fingerprint.
   *
   * @param keyFile holds the key; without it the first line of the call's standard input is it
   * @throws UserError in the words of the spec, exit code 1
   */
  public void add(Call call, String name, Optional<Path> keyFile) {
    String text = keyFile.isPresent() ? fromFile(keyFile.get()) : new KeyInput(call).line();
    PublicKeyText key = parsed(call, text);
    String options = options(call);
    checkName(call, name);
    makeFolder();
    update(
        content -> {
          AuthorizedKeys keys = AuthorizedKeys.parse(content);
          checkUnique(call, keys, name, key);
          return keys.with(name, key, options, sshcommand.toString());
        });
    call.out().line(key.fingerprint());
    AuthorizedKeys.parse(content())
        .firstBadLine(true)
        .ifPresent(
            line -> {
              throw new UserError(file + " line " + line + " failed ssh-keygen check.");
            });
  }

  /**
   * Prints one line per key; with a name only those that have it.
   *
   * @throws UserError exit code 1 if there is no file, a bad line, or no key of that name (silent)
   */
  public void list(Call call, Optional<String> name) {
    List<Entry> entries = named(name);
    if (entries.isEmpty() && name.isPresent()) {
      throw UserError.silent(1);
    }
    entries.forEach(
        entry ->
            call.out()
                .line(
                    entry.fingerprint()
                        + (" NAME=\"" + entry.name() + "\"")
                        + (" SSHCOMMAND_ALLOWED_KEYS=\"" + entry.allowedKeys() + "\"")));
  }

  /** Prints the keys as one line of JSON; {@code []} if there is none of that name. */
  public void listJson(Call call, Optional<String> name) {
    boolean compact = name.isPresent();
    call.out()
        .line(
            named(name).stream()
                .map(entry -> json(entry, compact))
                .collect(Collectors.joining(",", "[", "]")));
  }

  /** Removes the keys of this name; none is fine. */
  public void removeNamed(String name) {
    if (name.isEmpty()) {
      throw new UserError("A name is required to remove a key, ie: dokku ssh-keys:remove <name>");
    }
    remove(entry -> entry.name().equals(name));
  }

  /** Removes the keys with this fingerprint, stated or actual; none is fine. */
  public void removeFingerprint(String fingerprint) {
    if (fingerprint.isEmpty()) {
      throw new UserError(
          "A fingerprint is required to remove a key, ie: dokku ssh-keys:remove --fingerprint"
              + " FINGERPRINT");
    }
    remove(
        entry ->
            entry.fingerprint().equals(fingerprint)
                || entry.key().fingerprint().equals(fingerprint));
  }

  private void remove(Predicate<Entry> unwanted) {
    if (content().isEmpty()) {
      throw new UserError("No public keys found.");
    }
    update(
        content -> {
          AuthorizedKeys keys = AuthorizedKeys.parse(content);
          keys.firstBadLine(true)
              .ifPresent(
                  line -> {
                    throw new UserError(file + " line " + line + " failed ssh-keygen check.");
                  });
          return keys.without(unwanted);
        });
  }

  /** Each command that changes keys runs in a process of its own, so a mutex would not do. */
  private void update(UnaryOperator<String> change) {
    Path lock = file.resolveSibling(".authorized_keys.lock");
    try (Flock flock = Flock.acquire(lock)) {
      files.own(lock, DurableFiles.PRIVATE);
      files.update(file, MODE, change);
    } catch (IOException e) {
      throw new UncheckedIOException("locking " + lock, e);
    }
  }

  private List<Entry> named(Optional<String> name) {
    if (!Files.exists(file)) {
      throw UserError.plain("authorized_keys not found for " + systemUser, 1);
    }
    AuthorizedKeys keys = AuthorizedKeys.parse(content());
    if (keys.isEmpty()) {
      throw UserError.plain("authorized_keys is empty for " + systemUser, 1);
    }
    OptionalInt bad = keys.firstBadLine(false);
    if (bad.isPresent()) {
      throw UserError.plain(file + " line " + bad.getAsInt() + " failed ssh-keygen check.", 1);
    }
    return keys.entries().stream()
        .filter(entry -> name.isEmpty() || entry.name().equals(name.get()))
        .toList();
  }

  private String content() {
    return files.read(file).orElse("");
  }

  private void makeFolder() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(folder)) {
      return;
    }
    files.createDirectories(folder);
    try {
      files.own(folder, MODE);
    } catch (IOException e) {
      throw new UncheckedIOException("making " + folder, e);
    }
  }

  private static String fromFile(Path keyFile) {
    String text;
    try {
      text = Files.isRegularFile(keyFile) ? Files.readString(keyFile, UTF_8) : "";
    } catch (IOException unreadable) {
      throw new UserError("Unable to read " + keyFile + ": " + unreadable.getMessage());
    }
    if (text.isBlank()) {
      throw new UserError("Empty key was specified");
    }
    if (text.stripTrailing().contains("\n")) {
      throw new UserError(
          "Too many keys provided, set one per invocation of dokku ssh-keys:add <NAME> <KEY_FILE>");
    }
    return text;
  }

  private static PublicKeyText parsed(Call call, String text) {
    return switch (KeyLine.parse(text)) {
      case KeyLine.Key(String options, _, PublicKeyText key) -> {
        if (!options.isEmpty()) {
          throw refused(call, "Invalid ssh public key");
        }
        yield key;
      }
      case KeyLine.Blank _, KeyLine.Comment _, KeyLine.Broken _ ->
          throw new UserError("Key specified in is not a valid ssh public key");
    };
  }

  private static String options(Call call) {
    String options =
        call.variable("SSHCOMMAND_ALLOWED_KEYS").orElse(AuthorizedKeys.DEFAULT_OPTIONS);
    boolean harmless =
        options.chars().noneMatch(Character::isISOControl)
            && KeyOptions.parse(options).filter(all -> all.value("command").isEmpty()).isPresent();
    if (!harmless) {
      throw new UserError("SSHCOMMAND_ALLOWED_KEYS does not hold key options: " + options);
    }
    return options;
  }

  private static void checkName(Call call, String name) {
    if (name.isEmpty()) {
      throw refused(call, "Usage: sshcommand acl-add <USER> <NAME> <KEY_FILE> ");
    }
    if (!AuthorizedKeys.canBeNamed(name)) {
      throw new UserError(
          "The name of a key must not contain quotes, backslashes, backticks, dollar signs or"
              + " control characters");
    }
  }

  private static void checkUnique(Call call, AuthorizedKeys keys, String name, PublicKeyText key) {
    if (keys.entries().stream().anyMatch(entry -> entry.name().equals(name))) {
      throw refused(call, "Duplicate ssh key name");
    }
    if (keys.holds(key)) {
      throw refused(call, "Duplicate ssh public key specified");
    }
  }

  private static UserError refused(Call call, String reason) {
    call.out().errorLine(reason);
    return new UserError("sshcommand returned an error: 1");
  }

  private static String json(Entry entry, boolean compact) {
    String gap = compact ? "" : " ";
    return "{"
        + gap
        + String.join(
            "," + gap,
            field("fingerprint", entry.fingerprint(), gap),
            field("name", entry.name(), gap),
            field("SSHCOMMAND_ALLOWED_KEYS", entry.allowedKeys(), gap),
            field("public-key", entry.key().toString(), gap))
        + gap
        + "}";
  }

  private static String field(String name, String value, String gap) {
    return "\"" + name + "\":" + gap + "\"" + escaped(value) + "\"";
  }

  private static String escaped(String value) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }
}
