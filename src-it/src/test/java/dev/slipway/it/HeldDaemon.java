package dev.slipway.it;

import dev.slipway.core.journal.Step;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes a server start its daemon by {@link BlockingJournalMain} while {@link #held} is set. */
final class HeldDaemon implements UnaryOperator<List<String>> {
  private boolean held;

  void held(boolean now) {
    held = now;
  }

  @Override
  public List<String> apply(List<String> usual) {
    if (!held) {
      return usual;
    }
    Path folder = folder(usual);
    prepare(folder);
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslipway.home=" + folder + "/dist",
            "-Dslipway.test.hold=" + hold(folder),
            "-cp",
            folder + "/dist/lib/*:" + folder + "/held",
            BlockingJournalMain.class.getName()));
    return command;
  }

  /** The folder of the server, whose program {@code dist/bin/slipway-jvm} is the first word. */
  private static Path folder(List<String> usual) {
    return Path.of(usual.getFirst()).resolve("../../..").normalize();
  }

  private static Path hold(Path folder) {
    return folder.resolve("hold");
  }

  /** The classes have to be where the daemon's user can read them. */
  private static void prepare(Path folder) {
    Path classes = folder.resolve("held/dev/slipway/it");
    Host.run("install", "-d", "-m", "0777", hold(folder).toString()).succeeded();
    Host.run("install", "-d", classes.toString()).succeeded();
    try {
      Path own =
          Path.of(HeldDaemon.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Host.run("cp", "-r", own.resolve("dev/slipway/it").toString(), classes + "/..").succeeded();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    Host.run("chmod", "-R", "a+rX", folder + "/held").succeeded();
  }

  /** From now on a deploy of the app stops after this step. */
  static void stopAt(Server server, String app, Step step) {
    Server.write(hold(server.folder()).resolve(app), step.name());
  }

  static boolean isReached(Server server, String app) {
    return Files.exists(hold(server.folder()).resolve(app + ".reached"));
  }
}
