package dev.slipway.builder.git;

/** What a git client said, both streams, and how it ended. */
record GitRun(int status, String output) {}
