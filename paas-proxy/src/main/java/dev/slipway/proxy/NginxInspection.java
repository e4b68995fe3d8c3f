package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.PROXY_TYPE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows and checks what has been generated. Spec: 02 sections 6.1 and 6.8. */
public final class NginxInspection {
  private final Triggers triggers;
  private final SiteFiles sites;
  private final Nginx nginx;
  private final Function<Path, Optional<Refusal>> alone;

  NginxInspection(
      Triggers triggers, SiteFiles sites, Nginx nginx, Function<Path, Optional<Refusal>> alone) {
    this.triggers = triggers;
    this.sites = sites;
    this.nginx = nginx;
    this.alone = alone;
  }

  /**
   * Prints an app's file as it is.
   *
   * @throws UserError if nginx does not serve the app, or there is no file
   */
  public void show(Call call, AppName app) {
    if (!triggers.ask(call, PROXY_TYPE, app).equals("nginx")) {
      throw new UserError("This command is only available for apps with the nginx proxy type");
    }
    if (!Files.exists(sites.file(app))) {
      throw new UserError("No nginx.conf exists for " + app);
    }
    call.out().text(read(app));
  }

  /**
   * Tests the whole configuration, and if it is refused each app's file alone.
   *
   * @param apps finds those in scope; asked only after a refusal
   * @param clean whether files that are invalid alone are removed
   * @throws UserError if it is still refused at the end; nginx's words have been shown
   */
  public void validate(Call call, java.util.function.Supplier<List<AppName>> apps, boolean clean) {
    if (nginx.test().isEmpty()) {
      return;
    }
    apps.get().forEach(app -> validate(call, app, clean));
    nginx
        .test()
        .ifPresent(
            refusal -> {
              throw UserError.plain(refusal.words().strip(), 1);
            });
  }

  private void validate(Call call, AppName app, boolean clean) {
    Path file = sites.file(app);
    if (!Files.exists(file)) {
      call.out().unlessQuiet().warn("No nginx config found for " + app);
      return;
    }
    if (alone.apply(file).isEmpty()) {
      return;
    }
    call.out().warn("Failed to validate nginx config for " + app + ". Contents below...");
    call.out().text(read(app));
    if (clean) {
      call.out().warn("Removing invalid nginx file");
      delete(file);
    }
  }

  private String read(AppName app) {
    try {
      return Files.readString(sites.file(app));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + sites.file(app), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + file, e);
    }
  }
}
