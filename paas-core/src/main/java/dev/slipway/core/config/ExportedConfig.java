package dev.slipway.core.config;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_EXPORT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An app's environment as other families see it: through the trigger {@code config-export}, so that
 * plugins have their say. The values are secrets.
 */
public final class ExportedConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExportedConfig() {}

  /**
   * The app's own values over those of the installation.
   *
   * @throws ToolFailure if what the trigger returned is not an object of texts
   */
  public static SortedMap<String, String> merged(Triggers triggers, Call call, AppName app) {
    return read(triggers, call, app, true);
  }

  /**
   * Only the values that are set for this app.
   *
   * @throws ToolFailure if what the trigger returned is not an object of texts
   */
  public static SortedMap<String, String> own(Triggers triggers, Call call, AppName app) {
    return read(triggers, call, app, false);
  }

  private static SortedMap<String, String> read(
      Triggers triggers, Call call, AppName app, boolean merged) {
    String json = triggers.ask(call, CONFIG_EXPORT, app, false, merged, "json");
    if (json.isBlank()) {
      return Collections.emptySortedMap();
    }
    try {
      return Collections.unmodifiableSortedMap(
          JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {}));
    } catch (JsonProcessingException e) {
      // the parser's own words quote the text, which may be secret
      throw new ToolFailure(
          "The configuration of "
              + app
              + " could not be read: config-export printed no JSON of texts, line "
              + e.getLocation().getLineNr());
    }
  }
}
