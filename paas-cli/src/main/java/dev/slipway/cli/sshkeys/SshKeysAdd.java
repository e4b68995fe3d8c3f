package dev.slipway.cli.sshkeys;

import dev.slipway.core.call.Call;
import dev.slipway.core.sshkeys.SshKeys;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ssh-keys:add", description = "Add a new public key by pipe or path")
final class SshKeysAdd implements Runnable {
  private final SshKeys keys;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "NAME")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "FILE")
  private String file = "";

  SshKeysAdd(SshKeys keys, Call call) {
    this.keys = keys;
    this.call = call;
  }

  @Override
  public void run() {
    keys.add(
        call,
        name,
        file.isEmpty() ? Optional.empty() : Optional.of(call.directory().resolve(file)));
  }
}
