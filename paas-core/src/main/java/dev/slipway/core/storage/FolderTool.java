package dev.slipway.core.storage;

import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.store.InstallationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@link HostFolders} by a container that sees nothing but the folder and holds nothing but one
 * small program of ours: the daemon is no root, but it may start containers. With user namespaces
 * in the engine the owner is thereby the one that containers see.
 */
public final class FolderTool implements HostFolders {
  private static final String REPOSITORY = "slipway/folder-tool";
  private static final String INSIDE = "/folder";

  private final Engine engine;
  private final InstallationId installation;
  private final Path program;

  /**
   * @param program the tool, linked statically
   */
  public FolderTool(Engine engine, InstallationId installation, Path program) {
    this.engine = engine;
    this.installation = installation;
    this.program = program;
  }

  @Override
  public void own(Path folder, int user) {
    run(folder, "own", Integer.toString(user));
  }

  @Override
  public void mode(Path folder, String mode) {
    run(folder, "mode", mode);
  }

  @Override
  public void empty(Path folder) {
    run(folder, "empty", "-");
  }

  private void run(Path folder, String verb, String argument) {
    if (!Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(folder + " is not a directory");
    }
    List<String> options =
        List.of(
            "--network=none",
            "--read-only",
            "--security-opt=no-new-privileges",
            "--cap-drop=ALL",
            "--cap-add=CHOWN",
            "--cap-add=DAC_OVERRIDE",
            "--cap-add=FOWNER",
            "--label=" + Labels.INSTALLATION + "=" + installation.value(),
            "-v",
            folder + ":" + INSIDE);
    String id =
        engine.create(
            new ContainerSpec(
                "slipway-folder-" + UUID.randomUUID(),
                options,
                image(),
                List.of(verb, argument, INSIDE),
                Map.of(),
                Optional.empty()));
    try {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int status =
          engine.runAttached(
              id, new Streams(InputStream.nullInputStream(), said, said), false, Optional.empty());
      if (status != 0) {
        throw new UserError(
            "Changing " + folder + " failed: " + said.toString(StandardCharsets.UTF_8).strip());
      }
    } finally {
      engine.remove(id, true);
    }
  }

  /** Made on first need, and again for another program. */
  private String image() {
    try {
      byte[] bytes = Files.readAllBytes(program);
      String tag = hash(bytes);
      String image = REPOSITORY + ":" + tag;
      if (engine.image(image).isEmpty()) {
        build(bytes, image);
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + program, e);
    }
  }

  private void build(byte[] bytes, String image) throws IOException {
    Path context = Files.createTempDirectory("slipway-folder-tool");
    Path copy = context.resolve("tool");
    Path recipe = context.resolve("Dockerfile");
    try {
      Files.write(copy, bytes);
      Files.setPosixFilePermissions(
          copy, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(recipe, "FROM scratch\nCOPY tool /tool\nENTRYPOINT [\"/tool\"]\n");
      engine.build(context, Map.of(), Map.of(), image, line -> {});
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(recipe);
      Files.deleteIfExists(context);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sum).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
