package dev.slipway.core.apps;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the apps that a caller may see. Spec: 01 section 9. */
public final class AppList {
  private final AppDirectory directory;

  public AppList(AppDirectory directory) {
    this.directory = directory;
  }

  /** One name per line behind a heading, or one JSON array of names. */
  public void print(Call call, boolean json) {
    List<AppName> apps = directory.list(call);
    if (json) {
      call.out()
          .line(
              apps.stream()
                  .map(app -> "\"" + app + "\"")
                  .collect(Collectors.joining(",", "[", "]")));
      return;
    }
    call.out().unlessQuiet().heading("My Apps");
    if (apps.isEmpty()) {
      call.out().warn("You haven't deployed any applications yet");
    }
    apps.forEach(app -> call.out().line(app.value()));
  }
}
