package dev.slipway.core.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.output.Output;
import java.io.ByteArrayOutputStream;

/** Shows what a container has written so far, as part of a deploy's output. */
public final class ContainerLog {
  private static final int LINES = 1000;

  private final Engine engine;

  public ContainerLog(Engine engine) {
    this.engine = engine;
  }

  /**
   * @param what names it between the marks {@code Start of} and {@code End of}
   */
  public void show(Call call, String id, String what) {
    show(call, id, what, "of ");
  }

  /** The same with other words between mark and name. */
  public void show(Call call, String id, String what, String joint) {
    Output out = call.out().unlessQuiet();
    out.heading("Start " + joint + what);
    read(id).lines().filter(line -> !line.isEmpty()).forEach(out::detail);
    out.heading("End " + joint + what);
  }

  private String read(String id) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try {
      engine.logs(id, LINES, false, false, written, written);
    } catch (ToolFailure gone) {
      return "(" + gone.getMessage() + ")";
    }
    return printable(written.toString(UTF_8));
  }

  /** Control sequences of an app must not steer the terminal of whoever deploys it. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
  }
}
