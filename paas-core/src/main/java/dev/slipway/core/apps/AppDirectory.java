package dev.slipway.core.apps;

import static dev.slipway.core.triggers.CoreTriggers.USER_AUTH_APP;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which apps there are: the folders below the root, filtered by what a {@code user-auth-app} plugin
 * allows. Spec: 01 sections 1.7 and 4.
 */
public final class AppDirectory implements VisibleApps {
  private final Roots roots;
  private final Supplier<Triggers> triggers;

  /** Apps being destroyed, each with the token of the calls that do it. */
  private final Map<AppName, String> doomed = new ConcurrentHashMap<>();

  /**
   * @param triggers asked for when needed, since the chain of handlers is put together later
   */
  public AppDirectory(Roots roots, Supplier<Triggers> triggers) {
    this.roots = roots;
    this.triggers = triggers;
  }

  @Override
  public List<AppName> list(Call call) {
    return allowed(call, all().stream().filter(app -> !isDoomed(call, app)).toList());
  }

  /** All apps, whoever asks. */
  public List<AppName> all() {
    if (!Files.isDirectory(roots.dokkuRoot())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(roots.dokkuRoot())) {
      return entries
          .filter(Files::isDirectory)
          .flatMap(entry -> named(String.valueOf(entry.getFileName())).stream())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + roots.dokkuRoot(), e);
    }
  }

  private static Optional<AppName> named(String folder) {
    try {
      return Optional.of(new AppName(folder));
    } catch (IllegalArgumentException notAnApp) {
      return Optional.empty();
    }
  }

  @Override
  public AppName existing(Call call, String name) {
    AppName app = AppName.parse(name);
    if (!exists(app) || isDoomed(call, app) || allowed(call, List.of(app)).isEmpty()) {
      throw UserError.noSuchApp(name);
    }
    return app;
  }

  /**
   * Lets nobody but this call and those nested in it see the app any more, until closed: a deploy
   * that began now would leave containers of an app that is gone.
   *
   * @throws UserError if another call destroys it already
   */
  Doom doom(Call call, AppName app) {
    String destroying = doomed.putIfAbsent(app, call.tree());
    if (destroying == null) {
      return () -> doomed.remove(app);
    }
    if (!destroying.equals(call.tree())) {
      throw UserError.noSuchApp(app.value());
    }
    return () -> {}; // the outer call of this one ends it
  }

  /** The end of an app. */
  interface Doom extends AutoCloseable {
    @Override
    void close();
  }

  private boolean isDoomed(Call call, AppName app) {
    return !doomed.getOrDefault(app, call.tree()).equals(call.tree());
  }

  /** Whether there is such an app, whoever asks. */
  public boolean exists(AppName app) {
    return Files.isDirectory(roots.app(app));
  }

  private List<AppName> allowed(Call call, List<AppName> apps) {
    Triggers chain = triggers.get();
    if (apps.isEmpty() || !chain.isHooked(call, USER_AUTH_APP)) {
      return apps;
    }
    Object[] arguments =
        Stream.concat(
                Stream.of(
                    call.variable("SSH_USER").orElse(call.identity().unixUser()),
                    call.variable("SSH_NAME").orElse(call.identity().name())),
                apps.stream())
            .toArray();
    Set<String> permitted =
        chain.answer(call, USER_AUTH_APP, arguments).lines().collect(Collectors.toSet());
    return apps.stream().filter(app -> permitted.contains(app.value())).toList();
  }
}
