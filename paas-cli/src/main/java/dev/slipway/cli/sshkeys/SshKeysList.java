package dev.slipway.cli.sshkeys;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.sshkeys.SshKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code --format FORMAT} counts only in front, as two words. */
@Command(name = "ssh-keys:list", description = "List of all authorized dokku public ssh keys")
final class SshKeysList implements Runnable {
  private final SshKeys keys;
  private final Call call;

  @Parameters(index = "0..*", arity = "0..*", paramLabel = "WORD")
  private List<String> words = new ArrayList<>();

  SshKeysList(SshKeys keys, Call call) {
    this.keys = keys;
    this.call = call;
  }

  @Override
  public void run() {
    boolean formatted = !words.isEmpty() && words.getFirst().equals("--format");
    String format = formatted ? word(1) : "text";
    Optional<String> name = Optional.of(word(formatted ? 2 : 0)).filter(text -> !text.isEmpty());
    switch (format) {
      case "text" -> keys.list(call, name);
      case "json" -> keys.listJson(call, name);
      default ->
          throw new UserError("Invalid output format specified, supported formats: json, text");
    }
  }

  private String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }
}
