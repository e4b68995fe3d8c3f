package dev.slipway.cli.gate;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.output.Output;
import dev.slipway.core.triggers.TriggerFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what went wrong into what the person sees and the exit code; see the table in the
 * architecture page.
 */
final class ErrorText {
  private static final Logger log = LoggerFactory.getLogger(ErrorText.class);
  private static final int INTERRUPTED = 130;

  private final Output out;

  ErrorText(Output out) {
    this.out = out;
  }

  /** Something that ends with an exit code or fails. */
  interface Work {
    int run() throws Exception;
  }

  int guard(Work work) {
    try {
      return work.run();
    } catch (UserError e) {
      return show(e);
    } catch (TriggerFailed e) {
      log.info("{}", e.getMessage());
      return e.status();
    } catch (ToolFailure e) {
      log.warn("tool failed: {}", e.getMessage(), e.getCause());
      lines(String.valueOf(e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    } catch (Throwable e) { // whatever it is, the caller has to get an answer
      return bug(e);
    }
  }

  private int show(UserError e) {
    if (!e.text().isEmpty()) {
      if (e.prefixed()) {
        lines(e.text());
      } else {
        e.text().lines().forEach(out::errorLine);
      }
    }
    return e.exitCode();
  }

  private void lines(String text) {
    text.lines().forEach(out::warn);
  }

  private int bug(Throwable e) {
    if (Thread.currentThread().isInterrupted()) {
      log.info("interrupted: {}", e.toString());
      return INTERRUPTED;
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    log.error("internal error id={}", id, e);
    boolean disk = e instanceof UncheckedIOException || e instanceof IOException;
    out.warn(
        disk
            ? "Unable to read or write on the server: " + e.getMessage() + " (error " + id + ")"
            : "internal error " + id + ": the server's log has the details");
    return 1;
  }
}
