package dev.slipway.core.call;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * The raw bytes of a call. Reading is on demand: what is not read here is left for a program that
 * gets the caller's own descriptors. Closing {@code out} or {@code err} ends that direction only.
 */
public record Streams(InputStream in, OutputStream out, OutputStream err) {
  /** Streams that read nothing and write nowhere. */
  public static Streams none() {
    return new Streams(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream());
  }
}
