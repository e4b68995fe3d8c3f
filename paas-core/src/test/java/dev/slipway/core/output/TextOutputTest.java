package dev.slipway.core.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.RecordedCall;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

final class TextOutputTest {
  /** Spec: 01 section 3. */
  @Test
  void hasThePrefixesAndStreamsOfTheReference() {
    RecordedCall call = RecordedCall.plain();
    Output out = call.call().out();

    out.line("line");
    out.text("text");
    out.step("step");
    out.heading("heading");
    out.detail("detail");
    out.exclaim("exclaim");
    out.warn("warn");
    out.errorLine("error");

    assertThat(call.out())
        .isEqualTo("line\ntext-----> step\n=====> heading\n       detail\n !     exclaim\n");
    assertThat(call.err()).isEqualTo(" !     warn\nerror\n");
  }

  @Test
  void isSilentOnlyWhereQuietWasAskedForAndCounts() {
    RecordedCall call = RecordedCall.quiet();

    call.call().out().unlessQuiet().line("hidden");
    call.call().out().unlessQuiet().warn("hidden");
    call.call().out().line("shown");

    assertThat(call.out()).isEqualTo("shown\n");
    assertThat(call.err()).isEmpty();
  }

  @Test
  void dropsWhatNobodyReadsAnyMore() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    new TextOutput(gone, gone, false).line("into the void");
  }
}
