package dev.slipway.builder.image;

import static dev.slipway.core.triggers.CoreTriggers.BUILDER_HEROKUISH_ALLOWED;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.triggers.Triggers;

/** Whether source asks for buildpacks by itself. Spec: 03 section 4.2. */
public final class BuildpackSigns {
  private static final int LARGEST = 1 << 20;
  private static final String URL = "BUILDPACK_URL";
  private static final String ENV = ".env";

  private final Triggers triggers;

  public BuildpackSigns(Triggers triggers) {
    this.triggers = triggers;
  }

  /** For the classic ones: a list of them, or one that the environment names. */
  public boolean ofClassic(Call call, AppName app, SourceTree source) {
    boolean signs =
        source.hasFile(".buildpacks")
            || source
                .read(ENV, LARGEST)
                .map(bytes -> new String(bytes, ISO_8859_1).contains(URL))
                .orElse(false)
            || !triggers.ask(call, CONFIG_GET, app, URL).isEmpty();
    return signs && triggers.holds(call, BUILDER_HEROKUISH_ALLOWED, app);
  }

  /** For Cloud Native Buildpacks. */
  public boolean ofCloudNative(SourceTree source) {
    return source.hasFile("project.toml");
  }
}
