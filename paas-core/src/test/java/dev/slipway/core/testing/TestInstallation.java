package dev.slipway.core.testing;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.Programs;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.CoreTriggers;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Hooks;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files in a temporary folder, and triggers: answers that a test sets, and a record of what was
 * fired at those that it watches.
 */
public final class TestInstallation {
  public final Roots roots;
  public final DurableFiles files;
  public final PropertyStore store;
  public final Handlers handlers = new Handlers();
  public final Triggers triggers;

  private final List<String> fired = new ArrayList<>();
  private final Set<Trigger> refusing = new HashSet<>();
  private final Map<String, String> config = new HashMap<>();

  public TestInstallation(Path folder) {
    roots =
        Roots.from(
            Map.of(
                "DOKKU_ROOT", folder.resolve("home").toString(),
                "DOKKU_LIB_PATH", folder.resolve("lib").toString(),
                "DOKKU_SYSTEM_USER", System.getProperty("user.name")));
    files = new DurableFiles(roots);
    store = new PropertyStore(roots, files);
    triggers = new Triggers(handlers, Hooks.NONE, new Programs(Optional.empty()));
    handlers
        .on(
            "config",
            CoreTriggers.CONFIG_GET,
            at -> at.out().line(config.getOrDefault(at.argument(0) + " " + at.argument(1), "")))
        .on(
            "config",
            CoreTriggers.CONFIG_SET,
            at -> {
              boolean flag = at.argument(0).startsWith("--");
              String[] part = at.argument(flag ? 2 : 1).split("=", 2);
              config.put(at.argument(flag ? 1 : 0) + " " + part[0], part[1]);
              fired.add("config-set " + String.join(" ", at.arguments()));
            });
  }

  /** Records what is fired at these. */
  public TestInstallation watch(Trigger... watched) {
    for (Trigger trigger : watched) {
      handlers.on(
          "zz-recorder",
          trigger,
          at -> {
            fired.add(trigger + " " + String.join(" ", at.arguments()));
            if (refusing.contains(trigger)) {
              throw new ToolFailure("refused");
            }
          });
    }
    return this;
  }

  /** Makes a watched trigger fail from now on. */
  public void refuse(Trigger trigger) {
    refusing.add(trigger);
  }

  /** Answers a trigger, whatever its arguments. */
  public TestInstallation answer(Trigger trigger, String text) {
    handlers.on("aa-answer", trigger, at -> at.out().line(text));
    return this;
  }

  /** Ends a yes-or-no trigger with no. */
  public TestInstallation deny(Trigger trigger) {
    handlers.on(
        "aa-deny",
        trigger,
        at -> {
          throw UserError.silent(1);
        });
    return this;
  }

  public void setConfig(AppName app, String key, String value) {
    config.put(app + " " + key, value);
  }

  public List<String> fired() {
    return List.copyOf(fired);
  }

  public AppName app(String name) {
    AppName app = new AppName(name);
    files.createDirectories(roots.app(app));
    return app;
  }

  /** The text of a file in an app's folder. */
  public Optional<String> read(AppName app, String file) {
    return files.read(roots.app(app).resolve(file));
  }

  public void write(AppName app, String file, String text) {
    files.write(roots.app(app).resolve(file), text, DurableFiles.READABLE);
  }

  public void writeGlobal(String file, String text) {
    files.write(roots.dokkuRoot().resolve(file), text, DurableFiles.READABLE);
  }
}
