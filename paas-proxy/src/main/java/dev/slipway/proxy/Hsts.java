package dev.slipway.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;

/** The header that pins browsers to HTTPS, in a file of its own. Spec: 02 section 6.6. */
final class Hsts {
  private final Roots roots;
  private final DurableFiles files;

  Hsts(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  void write(Call call, Site site) {
    Path file = roots.app(site.app()).resolve("nginx.conf.d").resolve("hsts.conf");
    if (!site.secure() || site.setting("hsts").equals("false")) {
      files.delete(file);
      return;
    }
    call.out().unlessQuiet().detail("Enabling HSTS (using built-in template)");
    files.write(file, header(site), DurableFiles.READABLE);
  }

  static String header(Site site) {
    return "add_header Strict-Transport-Security \"max-age="
        + site.setting("hsts-max-age")
        + (site.setting("hsts-include-subdomains").equals("true") ? "; includeSubdomains" : "")
        + (site.setting("hsts-preload").equals("true") ? "; preload" : "")
        + "\" always;\n";
  }
}
