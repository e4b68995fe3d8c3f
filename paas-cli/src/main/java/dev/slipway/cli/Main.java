package dev.slipway.cli;

import dev.slipway.core.error.UserError;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Java side's way in: {@code daemon} serves until it is told to end, {@code admin WORDS...}
 * runs one command as root in this process and ends with its exit code.
 */
public final class Main {
  private static final int USAGE = 64;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    String mode = words.isEmpty() ? "" : words.getFirst();
    DaemonSettings settings = DaemonSettings.from(System.getenv());
    switch (mode) {
      case "daemon" -> serve(settings);
      case "admin" -> {
        // before the first logger is made: the person at the terminal is not the log's reader
        System.setProperty("logback.configurationFile", "logback-admin.xml");
        System.exit(AdminCall.run(settings, words.subList(1, words.size())));
      }
      default -> {
        log().error("usage: slipway-jvm daemon | admin WORDS...");
        System.exit(USAGE);
      }
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Main.class);
  }

  private static void serve(DaemonSettings settings) throws InterruptedException {
    if ("root".equals(System.getProperty("user.name"))) {
      log().error("the daemon does not run as root; start it as {}", settings.roots().systemUser());
      System.exit(USAGE);
    }
    Daemon daemon = new Daemon(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
    try {
      daemon.start();
    } catch (UserError refused) {
      log().error(refused.getMessage());
      System.exit(1);
    }
    daemon.await();
  }
}
