package dev.slipway.builder.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Goes through an archive once. */
interface EntryReader extends Closeable {
  /** The next entry, or nothing at the end. */
  Optional<Entry> next() throws IOException;

  /** The bytes of the entry that came last. */
  InputStream content() throws IOException;
}
