package dev.slipway.cli.git;

import dev.slipway.core.call.Call;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A git service of the wire; its one word is the repository's path as the client sent it. */
@Command(name = "on-repository", description = "Serves git")
final class OnRepository implements Callable<Integer> {
  private final Call caller;
  private final GitCommands.Service service;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "REPOSITORY")
  private String repository = "";

  OnRepository(Call caller, GitCommands.Service service) {
    this.caller = caller;
    this.service = service;
  }

  @Override
  public Integer call() {
    return service.run(caller, repository);
  }
}
