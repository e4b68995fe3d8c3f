package dev.slipway.core.tasks;

import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;

/** How an image was made, as far as a task's container depends on it. Spec: 03 section 9. */
enum SourceType {
  DOCKERFILE,
  HEROKUISH,
  CNB;

  static SourceType of(Image image) {
    return switch (image.labels().getOrDefault(Labels.BUILDER_TYPE, "")) {
      case "herokuish" -> HEROKUISH;
      case "pack" -> CNB;
      default -> DOCKERFILE;
    };
  }

  /** What plugins are told. */
  String word() {
    return this == DOCKERFILE ? "dockerfile" : "herokuish";
  }

  /** Where the app's files are; empty for the image's own work directory. */
  String home() {
    return switch (this) {
      case DOCKERFILE -> "";
      case HEROKUISH -> "/app";
      case CNB -> "/workspace";
    };
  }
}
