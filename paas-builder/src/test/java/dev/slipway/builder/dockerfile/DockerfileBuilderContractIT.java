package dev.slipway.builder.dockerfile;

import dev.slipway.builder.BuilderContract;
import dev.slipway.builder.image.HostPlaces;
import dev.slipway.core.builder.Builder;
import java.io.IOException;
import java.nio.file.Files;

/** The contract, with a Dockerfile. */
class DockerfileBuilderContractIT extends BuilderContract {
  @Override
  protected Builder builder() {
    return new DockerfileBuilder(
        installation.triggers,
        installation.store,
        images(),
        id,
        engine,
        programs,
        System.getenv(),
        HostPlaces.of(installation.roots));
  }

  @Override
  protected void makeSource() throws IOException {
    Files.writeString(source.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
  }

  @Override
  protected void spoilSource() throws IOException {
    Files.writeString(source.resolve("Dockerfile"), "FROM scratch\nCOPY missing /\n");
  }
}
