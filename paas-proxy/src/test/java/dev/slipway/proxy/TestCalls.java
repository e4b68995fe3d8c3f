package dev.slipway.proxy;

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
final class TestCalls {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Call call =
      Call.from(
          Identity.local("tester", false),
          "tree",
          Map.of(),
          Path.of("/"),
          new Streams(InputStream.nullInputStream(), out, err),
          Optional.empty(),
          program -> 127);

  Call call() {
    return call;
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
