package dev.slipway.builder.image;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels of images. Spec: 03 sections 5 and 10.2. */
public final class BuildLabels {
  private BuildLabels() {}

  /**
   * @param builder its name
   */
  public static Map<String, String> build(
      Call call, AppName app, String builder, InstallationId installation) {
    Map<String, String> labels = common(app, "build", installation);
    labels.put(Labels.BUILDER_TYPE, builder);
    call.variable(Builds.ID).ifPresent(id -> labels.put(Labels.BUILD, id));
    return labels;
  }

  public static Map<String, String> release(AppName app, InstallationId installation) {
    return common(app, "release", installation);
  }

  private static Map<String, String> common(
      AppName app, String stage, InstallationId installation) {
    Map<String, String> labels = new LinkedHashMap<>(Labels.common());
    labels.put(Labels.IMAGE_STAGE, stage);
    labels.put(Labels.APP, app.value());
    labels.put(Labels.INSTALLATION, installation.value());
    return labels;
  }

  /** As option words. */
  public static List<String> options(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(each -> "--label=" + each.getKey() + "=" + each.getValue())
        .toList();
  }
}
