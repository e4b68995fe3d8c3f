package dev.slipway.cli.gate;

import dev.slipway.core.call.Identity;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per command: who, what, status, time taken. Of the arguments only the first is written,
 * which names the app; the others may be secrets. Control characters are made visible, so that
 * nobody can forge a line.
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

    void command(List<String> words) {
      String first = words.size() > 1 ? " " + words.get(1) : "";
      what = visible(words.getFirst() + first);
    }

    void end(int status) {
      log.info(
          "user={} key={} fingerprint={} command=\"{}\" status={} ms={}",
          visible(identity.unixUser()),
          visible(identity.name()),
          identity.fingerprint().orElse("-"),
          what,
          status,
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static String visible(String text) {
      String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
      StringBuilder shown = new StringBuilder();
      shortened
          .codePoints()
          .forEach(
              c -> {
                if (Character.isISOControl(c)
                    || c == '"'
                    || Character.getType(c) == Character.FORMAT) {
                  shown.append(String.format("\\u%04x", c));
                } else {
                  shown.appendCodePoint(c);
                }
              });
      return shown.toString();
    }
  }
}
