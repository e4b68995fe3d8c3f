package dev.slipway.core.domains;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import java.util.ArrayList;
import java.util.List;

/** What {@code domains:report} shows. Spec: 02 section 2.6. */
public final class DomainsReport {
  private final DomainFiles files;
  private final DefaultDomains defaults;
  private final Vhosts vhosts;

  DomainsReport(DomainFiles files, DefaultDomains defaults, Vhosts vhosts) {
    this.files = files;
    this.defaults = defaults;
    this.vhosts = vhosts;
  }

  public Report report() {
    return Report.of("domains", false, this::flags);
  }

  private List<ReportedFlag> flags(Scope scope) {
    List<ReportedFlag> flags = new ArrayList<>();
    scope
        .app()
        .ifPresent(
            app -> {
              flags.add(
                  ReportedFlag.of(
                      "domains-app-enabled",
                      (call, at) -> String.valueOf(vhosts.enabled(call, app))));
              flags.add(
                  ReportedFlag.of(
                      "domains-app-vhosts", (call, at) -> String.join(" ", files.ofApp(app))));
            });
    flags.add(
        ReportedFlag.of(
            "domains-global-enabled", (call, at) -> String.valueOf(defaults.enabled())));
    flags.add(ReportedFlag.of("domains-global-vhosts", this::globalNames));
    return flags;
  }

  private String globalNames(Call call, Scope scope) {
    return defaults.enabled() ? String.join(" ", files.global()) : "";
  }
}
