package dev.slipway.core.output;

import dev.slipway.core.text.ExactText;
import java.io.IOException;
import java.io.OutputStream;

/** {@link Output} over two byte streams. */
public final class TextOutput implements Output {
  private final OutputStream out;
  private final OutputStream err;
  private final boolean quiet;
  private final boolean silent;

  public TextOutput(OutputStream out, OutputStream err, boolean quiet) {
    this(out, err, quiet, false);
  }

  private TextOutput(OutputStream out, OutputStream err, boolean quiet, boolean silent) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    this.silent = silent;
  }

  @Override
  public void line(String text) {
    write(out, text + "\n");
  }

  @Override
  public void text(String text) {
    write(out, text);
  }

  @Override
  public void step(String text) {
    write(out, "-----> " + text + "\n");
  }

  @Override
  public void heading(String text) {
    write(out, "=====> " + text + "\n");
  }

  @Override
  public void detail(String text) {
    write(out, "       " + text + "\n");
  }

  @Override
  public void exclaim(String text) {
    write(out, " !     " + text + "\n");
  }

  @Override
  public void warn(String text) {
    write(err, " !     " + text + "\n");
  }

  @Override
  public void errorLine(String text) {
    write(err, text + "\n");
  }

  @Override
  public Output unlessQuiet() {
    return quiet ? new TextOutput(out, err, true, true) : this;
  }

  private void write(OutputStream stream, String text) {
    if (silent) {
      return;
    }
    try {
      stream.write(ExactText.encode(text));
      stream.flush();
    } catch (IOException gone) {
      // the reader went away; what it would have read is dropped, as the interface says
      return;
    }
  }
}
