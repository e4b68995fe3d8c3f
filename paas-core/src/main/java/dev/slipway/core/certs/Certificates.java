package dev.slipway.core.certs;

import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.CERTS_GET;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate files in {@code ROOT/APP/tls}. Spec: 02 sections 3.1 and 3.4. */
public final class Certificates {
  private static final String PLUGIN = "certs";

  private final Roots roots;
  private final DurableFiles files;

  public Certificates(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, CERTS_EXISTS, at -> at.out().line(String.valueOf(installed(at.app(0)))))
        .on(PLUGIN, CERTS_GET, this::show);
  }

  /** Whether both the certificate and its key are there, links followed. */
  public boolean installed(AppName app) {
    return Files.isRegularFile(file(app, "crt")) && Files.isRegularFile(file(app, "key"));
  }

  private void show(Invocation at) {
    String kind = at.argument(1);
    if (!installed(at.app(0)) || !(kind.equals("crt") || kind.equals("key"))) {
      throw UserError.silent(1);
    }
    at.out().text(files.read(file(at.app(0), kind)).orElse(""));
  }

  private Path file(AppName app, String kind) {
    return roots.app(app).resolve("tls").resolve("server." + kind);
  }
}
