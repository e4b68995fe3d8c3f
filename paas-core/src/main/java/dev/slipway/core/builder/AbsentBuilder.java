package dev.slipway.core.builder;

import dev.slipway.core.source.SourceTree;
import java.util.List;

/**
 * A builder of the reference that is not part of Slipway. Its source is recognised, so that nothing
 * else builds it by mistake; a third-party plugin can provide it. Spec: 03 sections 4.2, 5.3 to
 * 5.6.
 *
 * @param file whose presence selects it
 * @param program what the reference needs for it
 */
record AbsentBuilder(String name, String file, String program) {
  static final List<AbsentBuilder> ALL =
      List.of(
          new AbsentBuilder("lambda", "lambda.yml", "lambda-builder"),
          new AbsentBuilder("nixpacks", "nixpacks.toml", "nixpacks"),
          new AbsentBuilder("pack", "project.toml", "pack"),
          new AbsentBuilder("railpack", "railpack.json", "railpack"));

  boolean detects(SourceTree source) {
    return source.hasFile(file);
  }

  /** What is missing, and what helps. */
  String explanation() {
    return "The builder '"
        + name
        + "' is not part of Slipway yet: "
        + file
        + " or builder:set selected asks for it, and nothing here runs "
        + program
        + ". Remove the file, select another builder (builder:set APP selected"
        + " dockerfile|herokuish), or install a plugin that provides builder-"
        + name;
  }
}
