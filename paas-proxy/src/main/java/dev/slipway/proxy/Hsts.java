package dev.slipway.proxy;

import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.Optional;

/** The header that pins browsers to HTTPS, in a file of its own. Spec: 02 section 6.6. */
final class Hsts {
  private final Roots roots;

  Hsts(Roots roots) {
    this.roots = roots;
  }

  Path file(Site site) {
    return roots.app(site.app()).resolve("nginx.conf.d").resolve("hsts.conf");
  }

  /** What the file says; absent where there is to be none. */
  static Optional<String> text(Site site) {
    return site.secure() && !site.setting("hsts").equals("false")
        ? Optional.of(header(site))
        : Optional.empty();
  }

  static String header(Site site) {
    return "add_header Strict-Transport-Security \"max-age="
        + site.setting("hsts-max-age")
        + (site.setting("hsts-include-subdomains").equals("true") ? "; includeSubdomains" : "")
        + (site.setting("hsts-preload").equals("true") ? "; preload" : "")
        + "\" always;\n";
  }
}
