package dev.slipway.it;

/** How a program ended and what it printed. */
record Ran(int status, String out, String err) {
  /** Both streams, for messages and for output whose stream does not matter. */
  String all() {
    return out + err;
  }

  Ran succeeded() {
    if (status != 0) {
      throw new AssertionError("ended with " + status + ":\n" + all());
    }
    return this;
  }

  Ran failed() {
    if (status == 0) {
      throw new AssertionError("succeeded:\n" + all());
    }
    return this;
  }
}
