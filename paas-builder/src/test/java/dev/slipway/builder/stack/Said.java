package dev.slipway.builder.stack;

/** How a container ended, what it printed on both streams, and how long that took. */
record Said(int status, String output, long milliseconds) {
  Said well() {
    if (status != 0) {
      throw new AssertionError("ended with " + status + ":\n" + output);
    }
    return this;
  }
}
