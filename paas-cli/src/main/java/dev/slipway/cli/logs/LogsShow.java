package dev.slipway.cli.logs;

import dev.slipway.core.call.Call;
import dev.slipway.core.logs.Logs;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Display recent log output")
final class LogsShow implements Runnable {
  private final Logs logs;
  private final Call call;

  @Option(
      names = {"-t", "--tail"},
      description = "continually stream logs")
  private boolean tail;

  @Option(
      names = {"-q", "--quiet"},
      description = "display raw logs without colors, time and names")
  private boolean quiet;

  @Option(
      names = {"-n", "--num"},
      description = "the number of lines to display")
  private int lines = 100;

  @Option(
      names = {"-p", "--ps"},
      description = "only display logs from the given process")
  private String process = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  LogsShow(Logs logs, Call call) {
    this.logs = logs;
    this.call = call;
  }

  @Override
  public void run() {
    logs.show(
        call,
        Objects.requireNonNull(app),
        new Logs.Wanted(process, tail, quiet || call.quiet(), lines));
  }
}
