package dev.slipway.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The name of this installation on containers, images and networks, so that two installations on
 * one engine leave each other's alone. Made once, in {@code LIB/data/slipway/id}.
 *
 * @param value 16 hexadecimal characters
 */
public record InstallationId(String value) {
  private static final int BYTES = 8;

  /** Reads the id, and makes it where there is none; two that do so at once agree on one. */
  public static InstallationId of(Roots roots, DurableFiles files) {
    Path file = roots.slipway().resolve("id");
    return new InstallationId(files.read(file).orElseGet(() -> create(file, files)).strip());
  }

  private static String create(Path file, DurableFiles files) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    Path aside = file.resolveSibling(".id." + id);
    files.write(aside, (id + "\n").getBytes(UTF_8), DurableFiles.READABLE);
    try {
      Files.createLink(file, aside);
      return id;
    } catch (FileAlreadyExistsException another) {
      return files.read(file).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("making " + file, e);
    } finally {
      files.delete(aside);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
