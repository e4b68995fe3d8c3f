package dev.slipway.core.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.process.Programs;
import dev.slipway.core.text.ExactText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A call whose output is kept, for tests of services and of the gate. */
public final class RecordedCall {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Call call;

  private RecordedCall(Identity identity, String input, Map<String, String> environment) {
    Streams streams = new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err);
    Programs programs = new Programs(Optional.empty());
    call =
        Call.from(
            identity,
            "tree-" + System.identityHashCode(this),
            environment,
            Path.of("/"),
            streams,
            Optional.empty(),
            program -> programs.run(program, streams));
  }

  /** An ordinary local caller with nothing to read. */
  public static RecordedCall plain() {
    return with(Map.of());
  }

  public static RecordedCall quiet() {
    return with(Map.of("DOKKU_QUIET_OUTPUT", "1"));
  }

  public static RecordedCall reading(String input) {
    return new RecordedCall(Identity.local("tester", false), input, Map.of());
  }

  public static RecordedCall with(Map<String, String> environment) {
    return of(Identity.local("tester", false), environment);
  }

  public static RecordedCall of(Identity identity, Map<String, String> environment) {
    return new RecordedCall(identity, "", environment);
  }

  public Call call() {
    return call;
  }

  /** All of standard output. */
  public String out() {
    return ExactText.decode(out.toByteArray());
  }

  /** All of standard error. */
  public String err() {
    return ExactText.decode(err.toByteArray());
  }
}
