package dev.slipway.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A call whose output a test can read. */
public final class RecordedCall {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Call call;

  public RecordedCall() {
    this(Map.of());
  }

  public RecordedCall(Map<String, String> environment) {
    call =
        Call.from(
            Identity.local("tester", false),
            "tree",
            environment,
            Path.of("/"),
            new Streams(InputStream.nullInputStream(), out, err),
            Optional.empty(),
            program -> 127);
  }

  public static RecordedCall quiet() {
    return new RecordedCall(Map.of("DOKKU_QUIET_OUTPUT", "1"));
  }

  public Call call() {
    return call;
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }
}
