package dev.slipway.core.git.sources;

import dev.slipway.core.error.UserError;
import java.util.regex.Pattern;

/** The name of an image: it is written into a Dockerfile and given to the docker client. */
public record ImageReference(String text) {
  private static final int LONGEST = 512;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");

  public ImageReference {
    if (text.isEmpty()) {
      throw new UserError("Please specify a docker image");
    }
    if (text.length() > LONGEST || !SHAPE.matcher(text).matches()) {
      throw new UserError("Invalid docker image: " + text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
