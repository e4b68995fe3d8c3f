package dev.slipway.core.domains;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.Domain;
import java.util.ArrayList;
import java.util.List;

/**
 * The domains of the installation, from which new apps get theirs. Changing them touches no app.
 * Spec: 02 section 2.2.
 */
public final class GlobalDomains {
  private final DomainFiles files;

  GlobalDomains(DomainFiles files) {
    this.files = files;
  }

  public List<String> list() {
    return files.global();
  }

  public void add(Call call, List<Domain> domains) {
    List<String> news = new ArrayList<>();
    files.changeGlobal(before -> Domains.added(before, domains, news));
    for (Domain domain : domains) {
      call.out()
          .step(
              news.remove(domain.value())
                  ? "Added " + domain
                  : "Skipping: " + domain + " already added");
    }
  }

  public void remove(Call call, List<String> names) {
    files.changeGlobal(before -> Domains.without(before, names));
    names.forEach(name -> call.out().step("Removed " + name));
  }

  public void set(Call call, List<Domain> domains) {
    List<String> names = domains.stream().map(Domain::value).toList();
    files.changeGlobal(before -> names);
    call.out().step("Set " + String.join(" ", names));
  }

  /**
   * @throws UserError if there is no file to clear
   */
  public void clear(Call call) {
    if (!files.globalExists()) {
      throw new UserError("There are no global domains to clear");
    }
    call.out().unlessQuiet().step("Clearing global domains");
    files.changeGlobal(before -> List.of());
  }
}
