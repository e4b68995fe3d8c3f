package dev.slipway.cli.standard;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.Reports;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code PLUGIN:report} of every family; parsed as {@link dev.slipway.cli.catalogue.Syntax#SHELL},
 * since info flags are any words.
 */
@Command(name = "report", description = "Display report about one or more apps")
public final class ReportCommand implements Runnable {
  private final Reports reports;
  private final Report report;
  private final Call call;

  @Parameters(arity = "0..*", paramLabel = "APP|FLAG")
  private List<String> words = new ArrayList<>();

  public ReportCommand(Reports reports, Report report, Call call) {
    this.reports = reports;
    this.report = report;
    this.call = call;
  }

  @Override
  public void run() {
    reports.run(call, report, words);
  }
}
