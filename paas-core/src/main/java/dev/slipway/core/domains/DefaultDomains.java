package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.NGINX_HOSTNAME;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Domain;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The domains that an app gets from the global ones. Spec: 02 section 2.4. */
final class DefaultDomains {
  private static final Pattern ENDS_IN_IPV4 = Pattern.compile(".*[0-9]+(\\.[0-9]+){3}");
  private static final Pattern ENDS_IN_IPV6 = Pattern.compile(".*:[0-9A-Fa-f]{0,4}");

  private final DomainFiles files;
  private final Triggers triggers;

  DefaultDomains(DomainFiles files, Triggers triggers) {
    this.files = files;
    this.triggers = triggers;
  }

  /** Whether at least one global line is a host name. */
  boolean enabled() {
    return files.global().stream().anyMatch(Domain::isValid);
  }

  /** Empty if there is no global domain, or if all are addresses. */
  List<String> of(Call call, AppName app) {
    if (!enabled()) {
      return List.of();
    }
    List<String> result = new ArrayList<>();
    for (String global : files.global()) {
      if (!endsInAddress(global)) {
        result.add(name(call, app, global));
      }
    }
    result.removeIf(name -> !Domain.isValid(name));
    return result;
  }

  private String name(Call call, AppName app, String global) {
    String tail = "." + global;
    String name = app.value();
    String subdomain =
        name.endsWith(tail) ? name.substring(0, name.length() - tail.length()) : name;
    String chosen = triggers.ask(call, NGINX_HOSTNAME, app, subdomain, global);
    if (!chosen.isEmpty()) {
      return chosen;
    }
    return name.contains(".") ? name : name + tail;
  }

  static boolean endsInAddress(String line) {
    return endsInIpv4(line) || endsInIpv6(line);
  }

  static boolean endsInIpv4(String line) {
    return ENDS_IN_IPV4.matcher(line).matches();
  }

  static boolean endsInIpv6(String line) {
    return ENDS_IN_IPV6.matcher(line).matches();
  }
}
