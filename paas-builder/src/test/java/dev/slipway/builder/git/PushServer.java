package dev.slipway.builder.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.appjson.AppJsons;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.Builder;
import dev.slipway.core.builder.Builders;
import dev.slipway.core.builder.Cleanup;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.deploy.BuildSteps;
import dev.slipway.core.deploy.Checkouts;
import dev.slipway.core.deploy.DeployLeases;
import dev.slipway.core.deploy.Deployments;
import dev.slipway.core.deploy.DiskSpace;
import dev.slipway.core.deploy.Pins;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.GitFamily;
import dev.slipway.core.git.GitHook;
import dev.slipway.core.git.GitPrograms;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.GitPush;
import dev.slipway.core.git.GitWire;
import dev.slipway.core.git.PushOutputs;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.git.RepositoryName;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.Programs;
import dev.slipway.core.procfile.Procfiles;
import dev.slipway.core.release.ReleaseImages;
import dev.slipway.core.release.ReleaseRecords;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.source.ImageSource;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.testing.TestInstallation;
import dev.slipway.core.triggers.CoreTriggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The front half of a push in this process, and a real git client beside it. */
final class PushServer {
  static final AppName APP = AppName.parse("app");
  private static final Path GIT = Path.of("/usr/bin/git");

  final TestInstallation installation;
  final Map<String, String> environment = new ConcurrentHashMap<>();
  volatile boolean failBuild;

  private final Path folder;
  private final List<String> built = new ArrayList<>();
  private final StubEngine engine = new StubEngine();
  private final Programs programs = new Programs(Optional.empty());

  /** Of failed deploys. */
  final List<String> discarded = new CopyOnWriteArrayList<>();

  PushServer(Path folder) {
    this.folder = folder;
    this.installation = new TestInstallation(folder);
  }

  private record Services(GitWire wire, GitHook hook, GitFamily family) {}

  private Optional<Services> services = Optional.empty();
  private Optional<Relay> ssh = Optional.empty();
  private Optional<Relay> dokku = Optional.empty();

  void start() throws IOException, InterruptedException {
    installation.files.createDirectories(installation.roots.dokkuRoot());
    Files.createDirectories(folder.resolve("tmp"));
    ssh = Optional.of(new Relay(folder.resolve("bin/ssh"), folder.resolve("relay-ssh")));
    dokku = Optional.of(new Relay(folder.resolve("bin/dokku"), folder.resolve("relay-dokku")));
    services = Optional.of(services());
    git(folder, "init", "-q", "-b", "master", "client");
  }

  private Services services() {
    InstallationId id = new InstallationId("0123456789abcdef");
    Engine stub = engine.engine();
    AppImages images = new AppImages(stub, installation.roots, installation.files, id);
    Builders builders =
        new Builders(List.of(new Looking()), installation.store, stub, installation.triggers);
    BuildRecords records =
        new BuildRecords(
            installation.roots, installation.files, installation.store, Clock.systemUTC());
    Builds builds =
        new Builds(
            records,
            installation.roots,
            installation.files,
            installation.store,
            installation.triggers,
            new Deliveries(programs));
    NativeGit git = new NativeGit(GIT, programs, System.getenv());
    Pins pins = new Pins(installation.roots, installation.files);
    Deployments deployments =
        new Deployments(
            new DeployLeases(installation.roots, installation.files, records),
            new MemoryJournal(),
            new Checkouts(
                installation.roots,
                installation.files,
                git,
                (call, at, revision, into, objects) -> {},
                pins,
                installation.store,
                installation.triggers,
                folder.resolve("tmp")),
            new DiskSpace(stub, List.of(), call -> {}),
            new BuildSteps(
                installation.triggers,
                builders,
                images,
                new Cleanup(
                    stub,
                    installation.store,
                    id,
                    new ReleaseImages(
                        stub,
                        new ReleaseRecords(
                            installation.roots, installation.files, installation.store),
                        id),
                    new MemoryJournal())),
            installation.triggers,
            (app, pid) -> discarded.add(pid));
    GitProperties properties = new GitProperties(installation.store);
    Repositories repositories = new Repositories(installation.roots, installation.files, git);
    GitPush push = new GitPush(repositories, properties, deployments, installation.triggers);
    GitFamily family =
        new GitFamily(
            installation.roots,
            installation.files,
            repositories,
            properties,
            push,
            builds,
            installation.triggers);
    register(builders, builds, family);
    PushOutputs outputs = new PushOutputs();
    return new Services(
        new GitWire(
            new RepositoryName(installation.roots),
            repositories,
            new GitPrograms(GIT, folder.resolve("bin/dokku"), folder.resolve("socket")),
            pins,
            apps(),
            installation.triggers,
            new Deliveries(programs),
            outputs),
        new GitHook(push, properties, builds, installation.triggers, outputs),
        family);
  }

  private void register(Builders builders, Builds builds, GitFamily family) {
    builders.register(installation.handlers);
    builds.register(installation.handlers);
    family.register(installation.handlers, new Reports(apps()));
    ImageSource noImages = (call, app, image, path, limit) -> Optional.empty();
    new Procfiles(
            installation.roots,
            installation.files,
            installation.store,
            installation.triggers,
            noImages)
        .register(installation.handlers);
    new AppJsons(
            installation.roots,
            installation.files,
            installation.store,
            installation.triggers,
            noImages)
        .register(installation.handlers, new Reports(apps()));
    installation
        .handlers
        .on("apps", CoreTriggers.APP_EXISTS, at -> apps().existing(at.call(), at.argument(0)))
        .on(
            "apps",
            CoreTriggers.APP_MAYBE_CREATE,
            at -> {
              installation.files.createDirectories(installation.roots.app(at.app(0)));
              installation.triggers.fire(at.call(), CoreTriggers.POST_CREATE, at.app(0));
            });
  }

  private VisibleApps apps() {
    return new VisibleApps() {
      @Override
      public List<AppName> list(Call call) {
        return List.of(APP);
      }

      @Override
      public AppName existing(Call call, String name) {
        AppName app = AppName.parse(name);
        if (!Files.isDirectory(installation.roots.app(app))) {
          throw UserError.noSuchApp(name);
        }
        return app;
      }
    };
  }

  /** Looks at the source instead of building it. */
  private final class Looking implements Builder {
    @Override
    public String name() {
      return "looking";
    }

    @Override
    public boolean detects(Call call, AppName app, SourceTree source) {
      return true;
    }

    @Override
    public void prepare(Call call, AppName app, SourceTree source) {}

    @Override
    public void build(Call call, AppName app, SourceTree source) {
      try (Stream<Path> files = Files.list(source.directory())) {
        files.forEach(each -> built.add(String.valueOf(each.getFileName())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (failBuild) {
        throw new ToolFailure("it does not build");
      }
      engine.images.put(
          AppImages.name(app), StubEngine.image("sha256:1", Map.of(Labels.APP, app.value())));
      call.out().line("built " + String.join(" ", built));
    }

    @Override
    public void release(Call call, AppName app, String tag) {}
  }

  List<String> built() {
    return built;
  }

  Path repository() {
    return installation.roots.app(APP);
  }

  Path lockFile() {
    return installation.roots.data("apps").resolve("app/.deploy.lock");
  }

  List<Path> pins() throws IOException {
    return list(repository().resolve(".slipway/pins"));
  }

  List<Path> workDirectories() throws IOException {
    return list(folder.resolve("tmp"));
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Commits one more file. @return the commit */
  String commit(String name, String content) throws IOException, InterruptedException {
    Path client = folder.resolve("client");
    Files.writeString(client.resolve(name), content);
    git(client, "add", "--", name);
    git(client, "commit", "-q", "-m", "Change");
    return git(client, "rev-parse", "HEAD").output().strip();
  }

  String ref(String name) throws IOException, InterruptedException {
    GitRun run = serverGit("rev-parse", "--verify", "--quiet", name);
    return run.output().strip();
  }

  boolean hasObject(String id) throws IOException, InterruptedException {
    return serverGit("cat-file", "-e", id).status() == 0;
  }

  GitRun serverGit(String... words) throws IOException, InterruptedException {
    return git(repository(), words);
  }

  GitRun push(String refspec) throws IOException, InterruptedException {
    dokku.orElseThrow().next(this::hook);
    return client("push", "dokku@host:app", refspec);
  }

  GitRun fetch(String object) throws IOException, InterruptedException {
    git(folder, "init", "-q", "stranger");
    ssh.orElseThrow().next(this::wire);
    return git(
        folder.resolve("stranger"), "-c", "protocol.version=2", "fetch", "dokku@host:app", object);
  }

  GitRun listRefs() throws IOException, InterruptedException {
    return client("ls-remote", "dokku@host:app");
  }

  private GitRun client(String... words) throws IOException, InterruptedException {
    ssh.orElseThrow().next(this::wire);
    return git(folder.resolve("client"), words);
  }

  private int wire(List<String> arguments, Map<String, String> raw, Streams streams) {
    String[] command = arguments.getLast().split(" ", 2);
    environment.putIfAbsent("PATH", "/usr/bin:/bin");
    environment.put("DOKKU_PID", "4711");
    Call call = call(Identity.key("dokku", "key", "SHA256:x"), environment, streams);
    try {
      return command[0].equals("git-receive-pack")
          ? services.orElseThrow().wire().receive(call, command[1])
          : services.orElseThrow().wire().upload(call, command[1]);
    } catch (UserError e) {
      call.out().warn(e.text());
      return e.exitCode();
    }
  }

  private int hook(List<String> arguments, Map<String, String> raw, Streams streams) {
    Call call = call(Identity.local(System.getProperty("user.name"), false), raw, streams);
    try {
      services.orElseThrow().hook().run(call, AppName.parse(arguments.get(1)));
      return 0;
    } catch (UserError e) {
      e.text().lines().forEach(call.out()::warn);
      return e.exitCode();
    }
  }

  void rebuild() {
    services
        .orElseThrow()
        .family()
        .rebuild(
            call(
                Identity.local(System.getProperty("user.name"), false),
                Map.of("PATH", "/usr/bin:/bin"),
                Streams.none()),
            APP);
  }

  private Call call(Identity who, Map<String, String> variables, Streams streams) {
    return Call.from(
        who,
        "tree",
        variables,
        folder,
        streams,
        Optional.empty(),
        program -> programs.run(program, streams));
  }

  GitRun git(Path directory, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(GIT.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_SSH_COMMAND", folder.resolve("bin/ssh").toString());
    builder.environment().put("GIT_SSH_VARIANT", "simple");
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + role + "_NAME", "tester");
      builder.environment().put("GIT_" + role + "_EMAIL", "tester@example.org");
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("git hangs: " + output);
    }
    return new GitRun(process.exitValue(), output);
  }
}
