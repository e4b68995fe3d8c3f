package dev.slipway.core.sshkeys;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The content of {@code ROOT/.ssh/authorized_keys}. What is not touched keeps its bytes. Spec: 01
 * section 1.4.
 */
public final class AuthorizedKeys {
  /** What a key that was added here may not do; {@code SSHCOMMAND_ALLOWED_KEYS} overrides it. */
  public static final String DEFAULT_OPTIONS =
      "no-agent-forwarding,no-user-rc,no-X11-forwarding,no-port-forwarding";

  /**
   * A key in the form of spec 01 section 1.4.
   *
   * @param fingerprint as the line states it
   * @param allowedKeys the options behind the forced command, as written
   */
  public record Entry(String fingerprint, String name, String allowedKeys, PublicKeyText key) {}

  private final List<String> texts;
  private final List<KeyLine> lines;

  private AuthorizedKeys(List<String> texts) {
    this.texts = texts;
    this.lines = texts.stream().map(KeyLine::parse).toList();
  }

  /** Never refuses: a line that is not a key is kept, and lets nobody in. */
  public static AuthorizedKeys parse(String content) {
    return new AuthorizedKeys(content.isEmpty() ? List.of() : Arrays.asList(content.split("\n")));
  }

  public boolean isEmpty() {
    return lines.stream().allMatch(line -> line instanceof KeyLine.Blank);
  }

  /** The keys in the form of spec 01 section 1.4, in the order of the file. */
  public List<Entry> entries() {
    return lines.stream().flatMap(line -> entry(line).stream()).toList();
  }

  /** The number of the first line that is neither a key nor blank, counted from 1. */
  public OptionalInt firstBadLine(boolean commentsAreBad) {
    return IntStream.range(0, lines.size())
        .filter(
            i ->
                lines.get(i) instanceof KeyLine.Broken
                    || (commentsAreBad && lines.get(i) instanceof KeyLine.Comment))
        .map(i -> i + 1)
        .findFirst();
  }

  /** Whether the key is in the file, in whatever form. */
  public boolean holds(PublicKeyText key) {
    return lines.stream()
        .anyMatch(
            line -> line instanceof KeyLine.Key(_, _, PublicKeyText other) && same(key, other));
  }

  /**
   * The content with a key added at its end.
   *
   * @param options behind the forced command; see {@link #DEFAULT_OPTIONS}
   * @param sshcommandFile the absolute path of {@code ROOT/.sshcommand}
   * @throws IllegalArgumentException if {@link #canBeNamed} says no
   */
  String with(String name, PublicKeyText key, String options, String sshcommandFile) {
    if (!canBeNamed(name)) {
      throw new IllegalArgumentException("not a key's name: " + name);
    }
    String command = new ForcedCommand(key.fingerprint(), name).option(sshcommandFile);
    String line = command + (options.isEmpty() ? "" : "," + options) + " " + key;
    return texts.stream().map(each -> each + "\n").collect(Collectors.joining()) + line + "\n";
  }

  /** The content without the keys that match; lines of any other form stay. */
  String without(Predicate<Entry> unwanted) {
    return IntStream.range(0, lines.size())
        .filter(i -> entry(lines.get(i)).filter(unwanted).isEmpty())
        .mapToObj(i -> texts.get(i) + "\n")
        .collect(Collectors.joining());
  }

  /** Whether a key can have this name, which is read by a shell inside double quotes. */
  public static boolean canBeNamed(String name) {
    return ForcedCommand.canBeNamed(name);
  }

  /**
   * Whether a key may log in, from its encoded form. The first of its lines whose conditions hold
   * decides.
   */
  public Admission admit(byte[] blob, InetAddress source, Instant now) {
    boolean listed = false;
    for (KeyLine line : lines) {
      if (line instanceof KeyLine.Key key && Arrays.equals(key.key().blob(), blob)) {
        listed = true;
        Optional<Admission> decision = new LoginRules(key).decide(source, now);
        if (decision.isPresent()) {
          return decision.get();
        }
      }
    }
    return listed
        ? new Admission.Refused("is not to be used from this address or at this time")
        : new Admission.Unknown();
  }

  private static boolean same(PublicKeyText one, PublicKeyText other) {
    return Arrays.equals(one.blob(), other.blob());
  }

  private static Optional<Entry> entry(KeyLine line) {
    if (!(line instanceof KeyLine.Key key)) {
      return Optional.empty();
    }
    return key.allowedKeys()
        .flatMap(
            allowed ->
                key.command()
                    .map(
                        command ->
                            new Entry(command.fingerprint(), command.name(), allowed, key.key())));
  }
}
