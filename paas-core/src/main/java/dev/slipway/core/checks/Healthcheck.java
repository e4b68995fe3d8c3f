package dev.slipway.core.checks;

import java.util.List;
import java.util.Map;

/**
 * One health check, read and complete with its defaults. Durations are in seconds. Spec: 04 section
 * 6.3.
 *
 * @param kind what is looked at
 * @param attempts total tries
 * @param timeout of one try
 * @param pause between tries
 * @param initialDelay the age that the container is to have first
 * @param warn whether a failure is shown but does not count
 */
record Healthcheck(
    String name, Kind kind, int attempts, int timeout, int pause, int initialDelay, boolean warn) {

  private static final int MOST_DOUBLINGS = 12;

  /** What a check looks at. */
  sealed interface Kind {
    /** Old enough without a restart. */
    record Uptime(int seconds) implements Kind {}

    /** Answers HTTP. The content is empty where any will do. */
    record Path(String path, String scheme, int port, String content, Map<String, String> headers)
        implements Kind {
      public Path {
        headers = Map.copyOf(headers);
      }
    }

    /** A command inside the container ends with 0. */
    record Command(List<String> words) implements Kind {
      public Command {
        words = List.copyOf(words);
      }
    }

    /** Listens on all interfaces. */
    record Listening(int port) implements Kind {}
  }

  static Healthcheck uptime(String name, int seconds) {
    return new Healthcheck(name, new Kind.Uptime(seconds), 3, 5, 5, 0, false);
  }

  static Healthcheck listening(String name, int port, boolean warn) {
    return new Healthcheck(name, new Kind.Listening(port), 3, 5, 5, 0, warn);
  }

  /** What it may take at most, in seconds, unless an answer asks for more time. */
  long limit() {
    long tries = (long) attempts * timeout;
    return initialDelay
        + switch (kind) {
          case Kind.Uptime uptime -> uptime.seconds();
          case Kind.Path _ -> tries + (attempts - 1L) * Math.max(2, pause);
          case Kind.Command _, Kind.Listening _ ->
              tries + pause * ((1L << Math.min(attempts - 1, MOST_DOUBLINGS)) - 1) + attempts;
        };
  }

  /** The line that announces it. */
  String announcement() {
    String head = "Running healthcheck name='" + name + "' ";
    return head
        + switch (kind) {
          case Kind.Uptime uptime -> "type='uptime' uptime=" + uptime.seconds();
          case Kind.Listening listening ->
              "attempts="
                  + attempts
                  + " port="
                  + listening.port()
                  + " retries="
                  + (attempts - 1)
                  + " timeout="
                  + timeout
                  + " type='listening' wait="
                  + pause;
          case Kind.Path path ->
              "delay="
                  + initialDelay
                  + " path='"
                  + path.path()
                  + "' retries="
                  + (attempts - 1)
                  + " timeout="
                  + timeout
                  + " type='path'";
          case Kind.Command command ->
              "attempts="
                  + attempts
                  + " command='["
                  + String.join(" ", command.words())
                  + "]' timeout="
                  + timeout
                  + " type='command' wait="
                  + pause;
        };
  }
}
