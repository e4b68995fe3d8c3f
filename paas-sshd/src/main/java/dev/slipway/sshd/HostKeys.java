package dev.slipway.sshd;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.store.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * The keys by which clients know the server, in OpenSSH's own format:
 *
 * <pre>
 * FOLDER/ssh_host_ed25519_key  ssh_host_ed25519_key.pub  ssh_host_rsa_key  ssh_host_rsa_key.pub
 * </pre>
 */
final class HostKeys {
  private static final int RSA_BITS = 3072;

  private final Path folder;
  private final List<Path> systemKeys;
  private final DurableFiles files;

  HostKeys(SshSettings settings, DurableFiles files) {
    this.folder = settings.hostKeys();
    this.systemKeys = settings.systemHostKeys();
    this.files = files;
  }

  /**
   * The system's keys where they are named, else our own, generated once.
   *
   * @throws ToolFailure if a key cannot be read or made
   */
  KeyPairProvider load() {
    try {
      List<Path> paths = systemKeys.isEmpty() ? ownKeys() : systemKeys;
      List<KeyPair> pairs = new ArrayList<>();
      for (KeyPair pair : new FileKeyPairProvider(paths).loadKeys(null)) {
        pairs.add(pair);
      }
      if (pairs.size() != paths.size()) {
        throw new ToolFailure("not every host key can be read: " + paths);
      }
      return KeyPairProvider.wrap(pairs);
    } catch (GeneralSecurityException e) {
      throw new ToolFailure("making the host keys in " + folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException("making the host keys in " + folder, e);
    }
  }

  private List<Path> ownKeys() throws GeneralSecurityException, IOException {
    return List.of(
        own("ssh_host_ed25519_key", "ssh-ed25519", 256),
        own("ssh_host_rsa_key", "ssh-rsa", RSA_BITS));
  }

  private Path own(String name, String type, int bits)
      throws GeneralSecurityException, IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      KeyPair pair = KeyUtils.generateKeyPair(type, bits);
      ByteArrayOutputStream secret = new ByteArrayOutputStream();
      ByteArrayOutputStream open = new ByteArrayOutputStream();
      OpenSSHKeyPairResourceWriter writer = OpenSSHKeyPairResourceWriter.INSTANCE;
      writer.writePrivateKey(pair, "slipway", null, secret);
      writer.writePublicKey(pair, "slipway", open);
      files.write(file.resolveSibling(name + ".pub"), open.toByteArray(), DurableFiles.READABLE);
      files.write(file, secret.toByteArray(), DurableFiles.PRIVATE);
    }
    return file;
  }
}
