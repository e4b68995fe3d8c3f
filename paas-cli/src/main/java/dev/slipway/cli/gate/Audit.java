package dev.slipway.cli.gate;

import dev.slipway.core.call.Identity;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per command: who, what, status, time taken. Of the arguments only the first is written,
 * which names the app; the others may be secrets, and so may be what follows a {@code =}. Control
 * characters are made visible, so that nobody can forge a line or a field.
 */
final class Audit {
  private static final Logger log = LoggerFactory.getLogger("audit");
  private static final int LONGEST = 200;

  Running begin(Identity identity) {
    return new Running(identity);
  }

  static final class Running {
    private final Identity identity;
    private final long start = System.nanoTime();
    private String what = "";

    private Running(Identity identity) {
      this.identity = identity;
    }

    /** Tells what is run: the command word and, where one is known, its app. */
    void command(String word, Optional<String> app) {
      what = visible(word + app.map(name -> " " + withoutValue(name)).orElse(""));
    }

    private static String withoutValue(String argument) {
      int equals = argument.indexOf('=');
      return equals < 0 ? argument : argument.substring(0, equals + 1) + "...";
    }

    void end(int status) {
      log.info(
          "user=\"{}\" key=\"{}\" fingerprint=\"{}\" command=\"{}\" status={} ms={}",
          visible(identity.unixUser()),
          visible(identity.name()),
          visible(identity.fingerprint().orElse("-")),
          what,
          status,
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static boolean isInvisible(int c) {
      return switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE ->
            true;
        default -> false;
      };
    }

    private static String visible(String text) {
      String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
      StringBuilder shown = new StringBuilder();
      shortened
          .codePoints()
          .forEach(
              c -> {
                if (c == '"' || c == '\\' || isInvisible(c)) {
                  shown.append(String.format("\\u%04x", c));
                } else {
                  shown.appendCodePoint(c);
                }
              });
      return shown.toString();
    }
  }
}
