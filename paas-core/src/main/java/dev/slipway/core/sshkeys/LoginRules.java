package dev.slipway.core.sshkeys;

import dev.slipway.core.sshkeys.KeyOptions.Option;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/**
 * What the options of one line let a key do at our own SSH door. Conditions ({@code from=}, {@code
 * expiry-time=}) that do not hold pass the line over, as in sshd; what cannot be honoured refuses
 * the login.
 */
final class LoginRules {
  /** These take away, or grant, what the door never gives. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "no-agent-forwarding",
          "no-port-forwarding",
          "no-x11-forwarding",
          "no-user-rc",
          "agent-forwarding",
          "port-forwarding",
          "x11-forwarding",
          "user-rc",
          "permitopen",
          "permitlisten",
          "tunnel",
          "no-touch-required");

  private final KeyLine.Key line;

  LoginRules(KeyLine.Key line) {
    this.line = line;
  }

  /** Nothing if a condition does not hold, so that a later line of the same key may decide. */
  Optional<Admission> decide(InetAddress source, Instant now) {
    boolean terminal = true;
    for (Option option : line.options().all()) {
      switch (option.name()) {
        case "from" -> {
          if (!option.value().map(SourcePatterns::new).filter(p -> p.admit(source)).isPresent()) {
            return Optional.empty();
          }
        }
        case "expiry-time" -> {
          Optional<Instant> expiry = option.value().flatMap(LoginRules::time);
          if (expiry.isEmpty()) {
            return refused("has an expiry-time that is not a time");
          }
          if (!now.isBefore(expiry.get())) {
            return Optional.empty();
          }
        }
        case "restrict", "no-pty" -> terminal = false;
        case "pty" -> terminal = true;
        case "command" -> {
          if (option.value().flatMap(ForcedCommand::parse).isEmpty()) {
            return refused("has another forced command");
          }
        }
        default -> {
          if (!WITHOUT_EFFECT.contains(option.name())) {
            return refused("has the option " + option.name() + ", which cannot be honoured");
          }
        }
      }
    }
    return named(terminal);
  }

  private Optional<Admission> named(boolean terminal) {
    long commands =
        line.options().all().stream().filter(option -> option.name().equals("command")).count();
    if (commands > 1) {
      return refused("has more than one forced command");
    }
    Optional<ForcedCommand> command = line.command();
    if (command.isEmpty()) {
      return refused("has no forced command that names it");
    }
    return Optional.of(
        new Admission.Admitted(command.get().name(), line.key().fingerprint(), terminal));
  }

  private static Optional<Admission> refused(String reason) {
    return Optional.of(new Admission.Refused(reason));
  }

  /** {@code YYYYMMDD[HHMM[SS]]}, with {@code Z} behind it in UTC, else in local time. */
  private static Optional<Instant> time(String text) {
    boolean utc = text.endsWith("Z");
    String digits = utc ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("[0-9]{8}|[0-9]{12}|[0-9]{14}")) {
      return Optional.empty();
    }
    try {
      String full = digits + "000000".substring(0, 14 - digits.length());
      LocalDateTime time = LocalDateTime.parse(full, DateTimeFormatter.ofPattern("uuuuMMddHHmmss"));
      return Optional.of(time.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault()).toInstant());
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
