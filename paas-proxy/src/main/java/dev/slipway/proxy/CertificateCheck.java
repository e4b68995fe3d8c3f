package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.CERTS_GET;

import dev.slipway.core.call.Call;
import dev.slipway.core.certs.CertificateNames;
import dev.slipway.core.output.Output;
import dev.slipway.core.triggers.Triggers;
import java.util.Optional;

/**
 * Tells of a certificate that is for none of the app's domains. All of them are served with it all
 * the same. Spec: 02 section 6.5.
 */
final class CertificateCheck {
  private final Triggers triggers;

  CertificateCheck(Triggers triggers) {
    this.triggers = triggers;
  }

  void tell(Call call, Site site) {
    if (!site.secure()) {
      return;
    }
    Optional<CertificateNames> found =
        CertificateNames.of(triggers.ask(call, CERTS_GET, site.app(), "crt"));
    if (found.isEmpty()) {
      call.out().warn("The certificate of " + site.app() + " cannot be read");
    } else if (site.names().stream().noneMatch(found.get()::cover)) {
      tell(call.out(), site, found.get());
    }
  }

  private static void tell(Output out, Site site, CertificateNames names) {
    out.step(
        "No matching configured domains for "
            + site.app()
            + " found in SSL certificate. Your app will show as insecure in a browser if accessed"
            + " via SSL");
    out.step("Please add appropriate domains via the dokku domains command");
    if (!site.names().isEmpty()) {
      out.step("Configured domains for app:");
      site.names().forEach(out::heading);
    }
    out.step("Domains found in SSL certificate:");
    names.all().forEach(out::heading);
  }
}
