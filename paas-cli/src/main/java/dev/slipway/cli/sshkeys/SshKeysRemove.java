package dev.slipway.cli.sshkeys;

import dev.slipway.core.sshkeys.SshKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ssh-keys:remove", description = "Remove SSH public key by name")
final class SshKeysRemove implements Runnable {
  private final SshKeys keys;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "NAME")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "FINGERPRINT")
  private String fingerprint = "";

  SshKeysRemove(SshKeys keys) {
    this.keys = keys;
  }

  @Override
  public void run() {
    if (name.equals("--fingerprint")) {
      keys.removeFingerprint(fingerprint);
    } else {
      keys.removeNamed(name);
    }
  }
}
