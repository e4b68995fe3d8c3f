package dev.slipway.cli.sshkeys;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.sshkeys.SshKeys;

/** The commands of {@code ssh-keys}. */
public final class SshKeysCommands {
  private final SshKeys keys;

  public SshKeysCommands(SshKeys keys) {
    this.keys = keys;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("ssh-keys", Layout.SHELL, "Manage public ssh keys used for deployment")
        .add(
            "ssh-keys:add",
            Syntax.SHELL,
            "ssh-keys:add <name> [/path/to/key], Add a new public key by pipe or path",
            call -> new SshKeysAdd(keys, call))
        .add(
            "ssh-keys:list",
            Syntax.SHELL,
            "ssh-keys:list [--format text|json] [<name>],"
                + " List of all authorized dokku public ssh keys",
            call -> new SshKeysList(keys, call))
        .add(
            "ssh-keys:remove",
            Syntax.SHELL,
            "ssh-keys:remove [--fingerprint fingerprint|<name>], Remove SSH public key by name",
            call -> new SshKeysRemove(keys));
  }
}
