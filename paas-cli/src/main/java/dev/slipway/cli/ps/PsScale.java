package dev.slipway.cli.ps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.ps.Scales;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ps:scale", description = "Get/Set how many instances of a given process to run")
final class PsScale implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scales scales;
  private final Call call;

  @Option(names = "--skip-deploy", description = "only store the counts")
  private boolean skipDeploy;

  @Option(names = "--format", defaultValue = "stdout", description = "stdout or json")
  private String format = "stdout";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "PROCESS=COUNT")
  private List<String> tuples = new ArrayList<>();

  PsScale(Scales scales, Call call) {
    this.scales = scales;
    this.call = call;
  }

  @Override
  public void run() {
    AppName name = Objects.requireNonNull(app);
    if (!tuples.isEmpty()) {
      scales.scale(call, name, tuples, skipDeploy);
    } else if (format.equals("json")) {
      call.out().line(json(name));
    } else {
      show(name);
    }
  }

  private void show(AppName name) {
    call.out().unlessQuiet().step("Scaling for " + name);
    call.out().unlessQuiet().line("proctype: qty");
    call.out().unlessQuiet().line("--------: ---");
    scales
        .current(name)
        .forEach((type, count) -> call.out().line(padded(type + ":") + " " + count));
  }

  private static String padded(String text) {
    return text + " ".repeat(Math.max(0, 5 - text.length()));
  }

  private String json(AppName name) {
    ArrayNode all = JSON.createArrayNode();
    scales
        .current(name)
        .forEach(
            (type, count) ->
                all.addObject().put("process_type", type).put("quantity", (int) count));
    return all.toString();
  }
}
