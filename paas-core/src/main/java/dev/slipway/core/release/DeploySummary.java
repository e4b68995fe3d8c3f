package dev.slipway.core.release;

import dev.slipway.core.call.Operation;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.output.Output;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a deploy says at its end: which image by which builder, from what, and how long each phase
 * took. It stands before the lines that scripts read, {@code Application deployed:} and the URLs.
 */
final class DeploySummary {
  private static final int SHORT_ID = 12;

  private DeploySummary() {}

  static void show(Output out, String name, Image image, Operation operation) {
    Map<String, Duration> phases = operation.phases();
    String verb = phases.containsKey(Operation.BUILD) ? "Built " : "Released ";
    String builder = image.labels().getOrDefault(Labels.BUILDER_TYPE, "");
    String source = operation.source();
    out.step(
        verb
            + name
            + " ("
            + shortId(image.id())
            + ")"
            + (source.isEmpty() ? "" : " from " + source)
            + (builder.isEmpty() ? "" : " with the " + builder + " builder"));
    Duration all = phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    String each =
        phases.entrySet().stream()
            .map(phase -> phase.getKey() + " " + text(phase.getValue()))
            .collect(Collectors.joining(", "));
    out.detail("Took " + text(all) + (phases.size() > 1 ? ": " + each : ""));
  }

  private static String shortId(String id) {
    String digits = id.substring(id.indexOf(':') + 1);
    return digits.substring(0, Math.min(SHORT_ID, digits.length()));
  }

  /** As {@code 0.4s} or {@code 3m12.0s}. */
  static String text(Duration time) {
    String seconds =
        String.format(Locale.ROOT, "%d.%ds", time.toSecondsPart(), time.toMillisPart() / 100);
    return time.toMinutes() == 0 ? seconds : time.toMinutes() + "m" + seconds;
  }
}
