package dev.slipway.builder.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.deploy.Quarantine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.BranchName;
import dev.slipway.core.git.sources.FetchLimits;
import dev.slipway.core.git.sources.Remote;
import dev.slipway.core.git.sources.RemoteUrl;
import dev.slipway.core.git.sources.Watch;
import dev.slipway.core.process.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@link Remote} by the native {@code git}: a child for each call, watched and limited. */
public final class NativeRemote implements Remote {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{40,64})\t(refs/\\S+?)(\\^\\{\\})?");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,64}");

  private final GitChild git;
  private final RemoteAccess access;

  /**
   * @param home the folder with {@code .netrc} and {@code .ssh}
   * @param environment the daemon's own; what would steer git is left out
   */
  public NativeRemote(Path git, Path home, Programs programs, Map<String, String> environment) {
    this.git = new GitChild(git, programs, environment);
    this.access = new RemoteAccess(home);
  }

  @Override
  public SortedMap<String, String> refs(Call call, RemoteUrl url) {
    RemoteAccess.Way way = access.to(call, url);
    List<String> words = new ArrayList<>(way.settings());
    words.addAll(List.of("ls-remote", "--heads", "--tags", "--", way.url()));
    String said =
        run(
            new Transfer(call, url, Optional.empty()),
            git.program(Path.of("/"), way.variables(), words),
            "");
    SortedMap<String, String> refs = new TreeMap<>();
    said.lines()
        .map(LINE::matcher)
        .filter(line -> line.matches() && BranchName.isValid(line.group(2)))
        .forEach(line -> refs.put(line.group(2), line.group(1)));
    return refs;
  }

  @Override
  public void fetch(
      Call call, Path repository, Quarantine quarantine, RemoteUrl url, List<String> wanted) {
    RemoteAccess.Way way = access.to(call, url);
    Map<String, String> variables = new HashMap<>(way.variables());
    variables.putAll(quarantine.objects());
    List<String> words = new ArrayList<>(way.settings());
    words.addAll(
        List.of(
            "--git-dir=" + repository,
            "fetch",
            "--progress",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            "--stdin",
            "--",
            way.url()));
    Transfer transfer = new Transfer(call, url, Optional.of(quarantine.folder()));
    run(transfer, git.program(repository, variables, words), String.join("\n", wanted) + "\n");
  }

  @Override
  public Optional<String> commit(Path repository, Quarantine quarantine, String id) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
              git.run(
                  repository,
                  quarantine.objects(),
                  List.of(
                      "--git-dir=" + repository,
                      "rev-parse",
                      "--verify",
                      "--quiet",
                      id + "^{commit}")))
          .map(String::strip)
          .filter(found -> !found.isEmpty());
    } catch (ToolFailure none) {
      return Optional.empty();
    }
  }

  /**
   * @param filling the folder that grows
   */
  private record Transfer(Call call, RemoteUrl url, Optional<Path> filling) {}

  private String run(Transfer transfer, Program program, String input) {
    FetchLimits limits = FetchLimits.of(transfer.call());
    RemoteUrl url = transfer.url();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Watch watch = Watch.over(limits, Thread.currentThread()::interrupt);
    int status;
    try (watch) {
      transfer.filling().ifPresent(folder -> watch.alsoUnless(() -> size(folder) > limits.bytes()));
      Streams streams =
          new Streams(
              new ByteArrayInputStream(input.getBytes(UTF_8)),
              new Kept(out, watch::sign),
              new Kept(err, watch::sign));
      status = git.programs().run(program, streams, transfer.call().operation());
    }
    transfer.call().operation().check();
    if (watch.isBroken()) {
      Thread.interrupted();
      throw new ToolFailure("Fetching from " + url + " was broken off: " + limits.inWords());
    }
    if (status != 0) {
      throw failed(url, err.toString(UTF_8));
    }
    return out.toString(UTF_8);
  }

  private static RuntimeException failed(RemoteUrl url, String said) {
    String words =
        said.replace('\r', '\n')
            .lines()
            .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
            .distinct()
            .reduce((a, b) -> a + "\n" + b)
            .orElse(said.strip())
            .replace(url.text(), url.toString());
    if (said.contains("Host key verification failed")) {
      return new UserError(
          "The host key of " + url.host() + " is not known. Add it: git:allow-host " + url.host());
    }
    return new ToolFailure("Fetching from " + url + " failed: " + words);
  }

  private static long size(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException moved) {
      return 0;
    }
  }
}
