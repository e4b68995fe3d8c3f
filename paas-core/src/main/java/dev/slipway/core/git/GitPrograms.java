package dev.slipway.core.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.process.HostVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the native git programs are called on the wire: argument lists and environments that a test
 * can read.
 */
public final class GitPrograms {
  /** Megabytes; a push that brings more is refused by git while it is read. */
  private static final String MOST_SETTING = "SLIPWAY_PUSH_MAX_MB";

  private static final String MOST_MEGABYTES = "4096";

  private static final List<String> NEVER_SHOWN = List.of("-c", "transfer.hideRefs=refs/slipway");

  private final Path git;
  private final Path launcher;
  private final Path socket;

  /**
   * @param git the program {@code git}
   * @param launcher the program {@code dokku} that the hook is to find
   * @param socket where that program finds this daemon
   */
  public GitPrograms(Path git, Path launcher, Path socket) {
    this.git = git;
    this.launcher = launcher;
    this.socket = socket;
  }

  /**
   * Goes on when the client leaves. Its hook starts an invocation tree of its own, so that what is
   * put off to the end of the push is done, and shown, before the push ends. Pushes from shallow
   * clones are let through to the hook, which refuses them: git itself would do so only after it.
   *
   * @param push names this push to the hook's call
   */
  Program receivePack(Call call, Path repository, String push) {
    List<String> words = new ArrayList<>(NEVER_SHOWN);
    for (String setting :
        List.of(
            "receive.maxInputSize=" + most(call) + "m",
            "receive.shallowUpdate=true",
            "core.bigFileThreshold=64m",
            "receive.autogc=false",
            "gc.auto=0",
            "receive.fsckObjects=true",
            "receive.fsck.zeroPaddedFilemode=warn",
            "receive.fsck.missingSpaceBeforeDate=warn",
            "receive.fsck.badTimezone=warn",
            "receive.fsck.missingEmail=warn",
            "receive.fsck.missingNameBeforeEmail=warn",
            "receive.fsck.badDate=warn",
            "receive.fsck.badDateOverflow=warn")) {
      words.addAll(List.of("-c", setting));
    }
    words.addAll(List.of("receive-pack", repository.toString()));
    Map<String, String> environment = environment(call);
    environment.remove(Call.TREE_VARIABLE);
    environment.put(GitObjects.PUSH, push);
    return Program.of(git, words, environment, repository).survivingHangup();
  }

  private static String most(Call call) {
    return call.variable(MOST_SETTING)
        .filter(text -> text.matches("[1-9][0-9]{0,7}"))
        .orElse(MOST_MEGABYTES);
  }

  Program uploadPack(Call call, Path repository) {
    List<String> words = new ArrayList<>(NEVER_SHOWN);
    words.addAll(List.of("upload-pack", "--strict", repository.toString()));
    Map<String, String> environment = environment(call);
    call.variable("GIT_PROTOCOL")
        .filter(text -> text.matches("[a-z0-9=:.-]{1,200}"))
        .ifPresent(text -> environment.put("GIT_PROTOCOL", text));
    return Program.of(git, words, environment, repository);
  }

  Program uploadArchive(Call call, Path repository) {
    return Program.of(
        git, List.of("upload-archive", repository.toString()), environment(call), repository);
  }

  private Map<String, String> environment(Call call) {
    Map<String, String> environment = new HashMap<>(HostVariables.forGit(call.environment()));
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("PATH", launcher.toAbsolutePath().getParent() + ":" + path);
    environment.put("SLIPWAY_SOCKET", socket.toString());
    return environment;
  }
}
