package dev.slipway.core.model;

import java.util.Optional;

/** What a property belongs to: one app, or the whole installation. Spec: 01 section 7. */
public sealed interface Scope {
  Scope GLOBAL = new Global();

  static Scope of(AppName app) {
    return new OfApp(app);
  }

  /**
   * The name of the directory that holds the values on disk: the app's name or the literal {@code
   * --global}.
   */
  String directory();

  Optional<AppName> app();

  record OfApp(AppName name) implements Scope {
    @Override
    public String directory() {
      return name.value();
    }

    @Override
    public Optional<AppName> app() {
      return Optional.of(name);
    }
  }

  record Global() implements Scope {
    @Override
    public String directory() {
      return "--global";
    }

    @Override
    public Optional<AppName> app() {
      return Optional.empty();
    }
  }
}
