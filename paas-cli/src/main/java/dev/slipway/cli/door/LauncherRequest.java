package dev.slipway.cli.door;

import dev.slipway.cli.door.LauncherWire.Frame;
import dev.slipway.core.text.ExactText;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the launcher says of a call before anything happens. Texts are {@link ExactText}.
 *
 * @param environment {@code KEY=VALUE} each, as the process had them
 * @param pid of the launcher, in its own name space; 0 if unknown
 */
public record LauncherRequest(
    List<String> arguments,
    List<String> environment,
    String directory,
    Terminal terminal,
    int pid) {
  private static final int VERSION = 1;
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Which standard descriptors are terminals, and its size; 0 by 0 if none is. */
  public record Terminal(boolean in, boolean out, boolean err, int rows, int columns) {
    static final Terminal NONE = new Terminal(false, false, false, 0, 0);
  }

  public LauncherRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  /** The environment by name; of two with one name the later counts, as in bash. */
  public Map<String, String> environmentByName() {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String variable : environment) {
      int equals = variable.indexOf('=', 1);
      if (equals > 0) {
        byName.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return byName;
  }

  /**
   * Reads a request up to its end.
   *
   * @throws StreamCorruptedException if it is none, is larger than 16 MiB or speaks another version
   */
  public static LauncherRequest read(LauncherWire wire) throws IOException {
    Reading reading = new Reading();
    while (!reading.complete) {
      Frame frame = wire.read();
      if (frame == null) {
        throw new EOFException("the launcher went away within its request");
      }
      reading.take(frame);
    }
    return reading.request();
  }

  private static final class Reading {
    private final List<String> arguments = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();
    private String directory = "/";
    private Terminal terminal = Terminal.NONE;
    private int pid;
    private long bytes;
    private boolean greeted;
    private boolean complete;

    void take(Frame frame) throws IOException {
      bytes += 5L + frame.length();
      if (bytes > MAX_BYTES) {
        throw new StreamCorruptedException("request of more than 16 MiB");
      }
      if (greeted != (frame.type() != 'H')) {
        throw new StreamCorruptedException("request does not begin with its version");
      }
      switch (frame.type()) {
        case 'H' -> greet(frame);
        case 'A' -> arguments.add(ExactText.decode(frame.payload()));
        case 'E' -> environment.add(ExactText.decode(frame.payload()));
        case 'D' -> directory = ExactText.decode(frame.payload());
        case 'T' -> terminal = terminal(expect(frame, 5));
        case 'P' -> pid = LauncherWire.intAt(expect(frame, 4), 0);
        case 'G' -> complete = true;
        default -> throw new StreamCorruptedException("unknown frame " + (int) frame.type());
      }
    }

    private void greet(Frame frame) throws IOException {
      int version = expect(frame, 1)[0];
      if (version != VERSION) {
        throw new StreamCorruptedException("version " + version + " instead of " + VERSION);
      }
      greeted = true;
    }

    private static Terminal terminal(byte[] payload) {
      int bits = payload[0];
      return new Terminal(
          (bits & 1) != 0,
          (bits & 2) != 0,
          (bits & 4) != 0,
          LauncherWire.shortAt(payload, 1),
          LauncherWire.shortAt(payload, 3));
    }

    LauncherRequest request() {
      return new LauncherRequest(arguments, environment, directory, terminal, pid);
    }
  }

  /** The payload, if it has this length. */
  static byte[] expect(Frame frame, int length) throws IOException {
    if (frame.length() != length) {
      throw new StreamCorruptedException(
          "frame " + frame.type() + " of " + frame.length() + " bytes");
    }
    return frame.payload();
  }
}
