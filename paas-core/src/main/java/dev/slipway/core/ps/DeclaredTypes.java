package dev.slipway.core.ps;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.Collection;
import java.util.Optional;

/** The process types of an app's Procfile, as a call sees it. */
@FunctionalInterface
public interface DeclaredTypes {
  /** Nothing if the app has no Procfile. */
  Optional<Collection<String>> of(Call call, AppName app);
}
