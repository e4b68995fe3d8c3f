package dev.slipway.core.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lets through of control sequences only what stays within its line: colours, clearing the line,
 * going back to its first column. What would move elsewhere, set titles, write to a clipboard or
 * change the terminal is dropped, an unfinished sequence with the line that it is in. Holds back a
 * few bytes at most. Not safe for use by many threads.
 */
public final class ControlFilter extends OutputStream {
  private static final int ESCAPE = 0x1b;
  private static final int DELETE = 0x7f;
  private static final int BELL = 0x07;

  /** Begins the two bytes of U+0080 to U+009F in UTF-8, some of which are sequences' beginnings. */
  private static final int C1_LEAD = 0xc2;

  private static final int LONGEST = 24;

  private final OutputStream next;
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final StringBuilder parameters = new StringBuilder();
  private State state = State.TEXT;

  private enum State {
    TEXT,
    C1,
    ESCAPED,
    INTERMEDIATE,
    SEQUENCE,
    STRING,
    STRING_ESCAPED
  }

  public ControlFilter(OutputStream next) {
    this.next = next;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      take(bytes[i] & 0xff);
    }
    passed.writeTo(next);
    passed.reset();
  }

  private void take(int b) {
    if (b == '\n' && state != State.C1) {
      state = State.TEXT;
    }
    state =
        switch (state) {
          case TEXT -> text(b);
          case C1 -> c1(b);
          case ESCAPED -> escaped(b);
          case INTERMEDIATE -> b >= 0x20 && b < 0x30 ? State.INTERMEDIATE : State.TEXT;
          case SEQUENCE -> sequence(b);
          case STRING ->
              switch (b) {
                case BELL -> State.TEXT;
                case ESCAPE -> State.STRING_ESCAPED;
                default -> State.STRING;
              };
          case STRING_ESCAPED -> b == '\\' ? State.TEXT : escaped(b);
        };
  }

  private State text(int b) {
    if (b == ESCAPE) {
      return State.ESCAPED;
    }
    if (b == C1_LEAD) {
      return State.C1;
    }
    if ((b >= 0x20 && b != DELETE) || b == '\n' || b == '\r' || b == '\t') {
      passed.write(b);
    }
    return State.TEXT;
  }

  private State c1(int b) {
    if (b < 0x80 || b > 0x9f) {
      passed.write(C1_LEAD);
      return text(b);
    }
    return begun(b - 0x40);
  }

  private State escaped(int b) {
    if (b == ESCAPE) {
      return State.ESCAPED;
    }
    if (b < 0x20) {
      return text(b);
    }
    return b < 0x30 ? State.INTERMEDIATE : begun(b);
  }

  /** What follows the escape byte, or the same in one character. */
  private State begun(int b) {
    return switch (b) {
      case '[' -> {
        parameters.setLength(0);
        yield State.SEQUENCE;
      }
      case ']', 'P', 'X', '^', '_' -> State.STRING;
      default -> State.TEXT;
    };
  }

  private State sequence(int b) {
    if (b == ESCAPE) {
      return State.ESCAPED;
    }
    if (b < 0x20 || b >= DELETE) {
      return text(b);
    }
    if (b < 0x40) {
      if (parameters.length() <= LONGEST) {
        parameters.append((char) b);
      }
      return State.SEQUENCE;
    }
    if (staysInLine((char) b)) {
      passed.write(ESCAPE);
      passed.write('[');
      parameters.chars().forEach(passed::write);
      passed.write(b);
    }
    return State.TEXT;
  }

  private boolean staysInLine(char end) {
    if (parameters.length() > LONGEST) {
      return false;
    }
    return switch (end) {
      case 'm' -> parameters.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ';' || c == ':');
      case 'K' -> parameters.isEmpty() || "012".contains(parameters);
      case 'G' -> parameters.isEmpty() || parameters.toString().equals("1");
      default -> false;
    };
  }

  @Override
  public void flush() throws IOException {
    next.flush();
  }
}
