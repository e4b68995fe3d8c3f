package dev.slipway.cli.standard;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * {@code version}: the version of the reference that this installation stands for, since tools
 * parse that line, then our own. Spec: 01 section 11.7.
 */
@Command(name = "version", description = "Print dokku's version")
final class Version implements Runnable {
  private final Roots roots;
  private final DurableFiles files;
  private final Call call;

  Version(Roots roots, DurableFiles files, Call call) {
    this.roots = roots;
    this.files = files;
    this.call = call;
  }

  @Override
  public void run() {
    Optional<String> version =
        files
            .read(roots.libRoot().resolve("STABLE_VERSION"))
            .or(() -> files.read(roots.libRoot().resolve("VERSION")));
    call.out()
        .line(
            "dokku version "
                + version
                    .map(String::strip)
                    .orElseThrow(() -> new UserError("Unable to determine dokku's version")));
  }
}
