package dev.slipway.core.engine.docker;

import dev.slipway.core.engine.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * {@link Contents} as the archive that the engine takes, written while it is read so that no size
 * fills the memory. Reading fails if writing does; an archive that is cut off is never complete.
 */
final class Archive extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int FOLDER_MODE = 0755;

  private final String folder;
  private final Contents contents;
  private final PipedInputStream pipe = new PipedInputStream(BUFFER);
  private final Thread writer;
  private final Set<String> folders = new HashSet<>();
  private volatile @Nullable Throwable failure;
  private volatile boolean complete;

  private Archive(String folder, Contents contents, PipedOutputStream out) {
    this.folder = folder.replaceAll("^/+|/+$", "");
    this.contents = contents;
    this.writer = Thread.ofVirtual().unstarted(() -> write(out));
  }

  /**
   * @param folder where the contents go, seen from where the archive is unpacked
   */
  static Archive of(String folder, Contents contents) throws IOException {
    PipedOutputStream out = new PipedOutputStream();
    Archive archive = new Archive(folder, contents, out);
    out.connect(archive.pipe);
    archive.writer.start();
    return archive;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    int read = pipe.read(bytes, from, count);
    if (read < 0 && !complete) {
      throw new IOException("the archive could not be written", failure);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    pipe.close();
    writer.interrupt();
  }

  private void write(OutputStream out) {
    try (out) {
      var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      switch (contents) {
        case Contents.Tree tree -> tree(tar, tree.directory());
        case Contents.Files files -> files(tar, files);
      }
      tar.finish();
      out.flush();
      complete = true;
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void tree(TarArchiveOutputStream tar, Path root) throws IOException {
    ensureFolder(tar, folder);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : (Iterable<Path>) all.filter(path -> !path.equals(root))::iterator) {
        add(tar, each, folder + "/" + root.relativize(each));
      }
    }
  }

  private void add(TarArchiveOutputStream tar, Path path, String name) throws IOException {
    var attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      put(tar, link, 0777);
    } else if (attributes.isDirectory()) {
      put(tar, new TarArchiveEntry(name + "/"), mode(attributes.permissions()));
    } else if (attributes.isRegularFile()) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(attributes.size());
      entry.setModTime(attributes.lastModifiedTime());
      open(tar, entry, mode(attributes.permissions()));
      Files.copy(path, tar);
      tar.closeArchiveEntry();
    }
  }

  private void files(TarArchiveOutputStream tar, Contents.Files given) throws IOException {
    for (var each : new TreeMap<>(given.files()).entrySet()) {
      String name = folder.isEmpty() ? each.getKey() : folder + "/" + each.getKey();
      int slash = name.lastIndexOf('/');
      if (slash > 0) {
        ensureFolder(tar, name.substring(0, slash));
      }
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(each.getValue().length);
      open(tar, entry, given.mode());
      tar.write(each.getValue());
      tar.closeArchiveEntry();
    }
  }

  /** Makes the last folder of a path, once; those above it belong to the container. */
  private void ensureFolder(TarArchiveOutputStream tar, String path) throws IOException {
    if (!path.isEmpty() && folders.add(path)) {
      put(tar, new TarArchiveEntry(path + "/"), FOLDER_MODE);
    }
  }

  private void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode) throws IOException {
    open(tar, entry, mode);
    tar.closeArchiveEntry();
  }

  private void open(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode)
      throws IOException {
    entry.setIds(contents.user(), contents.group());
    entry.setNames("", "");
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission each : List.of(PosixFilePermission.values())) {
      mode = mode << 1 | (permissions.contains(each) ? 1 : 0);
    }
    return mode;
  }
}
