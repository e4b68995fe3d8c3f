package dev.slipway.core.network;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.store.StateFiles.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where the instances of an app listen, as its files say. Spec: 02 section 8.5. */
final class ListenerFiles {
  private static final Pattern INDEX = Pattern.compile("[1-9][0-9]{0,5}");
  private static final Instance FIRST_WEB = new Instance(ProcessType.WEB, 1);
  private static final String DEFAULT_PORT = "5000";

  private final StateFiles state;

  ListenerFiles(StateFiles state) {
    this.state = state;
  }

  /** {@code IP:PORT} of each instance, in lexical order of the file names. */
  List<String> listeners(AppName app, String type) {
    Map<Instance, String> ports = state.all(app, Kind.PORT);
    return state.all(app, Kind.IP).entrySet().stream()
        .filter(each -> each.getKey().type().value().equals(type))
        .sorted(Comparator.comparing(Map.Entry::getKey, StateFiles.LEXICAL))
        .map(each -> each.getValue() + ":" + ports.getOrDefault(each.getKey(), DEFAULT_PORT))
        .toList();
  }

  boolean firstWebExists(AppName app) {
    return state.value(app, Kind.IP, FIRST_WEB).isPresent()
        && state.value(app, Kind.PORT, FIRST_WEB).isPresent();
  }

  /**
   * @throws UserError if the instance or the value is malformed
   */
  void write(AppName app, Kind kind, String type, String index, String value) {
    if (!ProcessType.isValid(type) || !INDEX.matcher(index).matches() || !kind.fits(value)) {
      throw new UserError("Invalid listener " + kind + "." + type + "." + index + ": " + value);
    }
    Instance instance = new Instance(new ProcessType(type), Integer.parseInt(index));
    state.writeListener(app, kind, instance, value);
  }
}
