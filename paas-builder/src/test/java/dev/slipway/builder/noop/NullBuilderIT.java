package dev.slipway.builder.noop;

import dev.slipway.builder.BuilderContract;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.Builder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The image is there before the build, made by somebody else. */
class NullBuilderIT extends BuilderContract {
  @Override
  protected Builder builder() {
    return new NullBuilder(installation.triggers, images(), id, programs, System.getenv());
  }

  @Override
  protected boolean builds() {
    return false;
  }

  @Override
  protected void makeSource() throws IOException {
    Path context = Files.createDirectory(folder.resolve("made-elsewhere"));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    Map<String, String> labels =
        Map.of(
            "com.dokku.app-name", app.value(),
            "org.label-schema.vendor", "dokku",
            "org.label-schema.schema-version", "1.0",
            "dokku", "",
            "dev.slipway.installation", id.value());
    engine.build(context, Map.of(), labels, AppImages.name(app), line -> {});
  }

  @Override
  protected void spoilSource() {
    engine.removeImage(AppImages.name(app));
  }
}
