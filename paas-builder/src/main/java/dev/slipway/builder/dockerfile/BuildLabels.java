package dev.slipway.builder.dockerfile;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels of images. Spec: 03 sections 5 and 10.2. */
final class BuildLabels {
  private BuildLabels() {}

  static Map<String, String> build(Call call, AppName app, InstallationId installation) {
    Map<String, String> labels = common(app, "build", installation);
    labels.put(Labels.BUILDER_TYPE, "dockerfile");
    call.variable(Builds.ID).ifPresent(id -> labels.put(Labels.BUILD, id));
    return labels;
  }

  static Map<String, String> release(AppName app, InstallationId installation) {
    return common(app, "release", installation);
  }

  private static Map<String, String> common(
      AppName app, String stage, InstallationId installation) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : List.of(Labels.SCHEMA_VERSION, Labels.VENDOR)) {
      int equals = label.indexOf('=');
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    labels.put(Labels.DOKKU, "");
    labels.put(Labels.IMAGE_STAGE, stage);
    labels.put(Labels.APP, app.value());
    labels.put(Labels.INSTALLATION, installation.value());
    return labels;
  }

  /** As option words. */
  static List<String> options(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(each -> "--label=" + each.getKey() + "=" + each.getValue())
        .toList();
  }
}
