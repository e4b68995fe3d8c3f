package dev.slipway.sshd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment that a client may ask for: language, and git's protocol version. Everything else
 * would reach programs of the host. The terminal's type comes with the terminal.
 */
final class ClientVariables {
  private static final Pattern NAME = Pattern.compile("LANG|LC_[A-Z]{1,32}|TERM|GIT_PROTOCOL");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.,:;=@+/ -]{0,256}");
  private static final int MOST = 20;

  private final Map<String, String> all = new LinkedHashMap<>();

  /** Takes a variable if it is harmless; tells whether it did. */
  synchronized boolean offer(String name, String value) {
    boolean room = all.size() < MOST || all.containsKey(name);
    if (!room || !NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      return false;
    }
    all.put(name, value);
    return true;
  }

  synchronized Map<String, String> all() {
    return Map.copyOf(all);
  }
}
