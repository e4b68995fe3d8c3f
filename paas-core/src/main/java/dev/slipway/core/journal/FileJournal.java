package dev.slipway.core.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Journal} by files: {@code LIB/data/slipway/journal/ID.log}, one record a line, each synced
 * before {@link Entry#step} returns. A last line that a crash cut off does not count.
 *
 * <pre>
 * {"app":"blog","step":"OPENED","facts":{"build":"..."}}
 * {"app":"blog","step":"CREATING","facts":{"deploy":"..."}}
 * </pre>
 */
public final class FileJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(FileJournal.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".log";

  private final Path folder;
  private final DurableFiles files;
  private final Map<Key, FileEntry> open = new ConcurrentHashMap<>();

  public FileJournal(Roots roots, DurableFiles files) {
    this.folder = roots.slipway().resolve("journal");
    this.files = files;
  }

  private record Key(String tree, AppName app) {}

  @Override
  public Entry open(Call call, AppName app, Map<String, String> facts) {
    Key key = new Key(call.tree(), app);
    FileEntry mine = new FileEntry(key, newId());
    FileEntry earlier = open.putIfAbsent(key, mine);
    if (earlier != null) {
      earlier.add(facts);
      return new Joined(earlier);
    }
    try {
      mine.begin(facts);
      return mine;
    } catch (RuntimeException e) {
      open.remove(key, mine);
      throw e;
    }
  }

  @Override
  public Optional<Step> current(Call call, AppName app) {
    return Optional.ofNullable(open.get(new Key(call.tree(), app))).map(FileEntry::step);
  }

  @Override
  public Set<AppName> othersAtWork(Call call) {
    return open.keySet().stream()
        .filter(key -> !key.tree().equals(call.tree()))
        .map(Key::app)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Unfinished> unfinished() {
    List<Unfinished> all = new ArrayList<>();
    for (Path file : recordFiles()) {
      String name = String.valueOf(file.getFileName());
      String id = name.substring(0, name.length() - SUFFIX.length());
      if (open.values().stream().noneMatch(each -> each.id.equals(id))) {
        read(id, file).ifPresentOrElse(all::add, () -> files.delete(file));
      }
    }
    return all;
  }

  @Override
  public void settled(Unfinished entry) {
    files.delete(folder.resolve(entry.id() + SUFFIX));
  }

  private List<Path> recordFiles() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(each -> each.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  private Optional<Unfinished> read(String id, Path file) {
    Optional<Unfinished> result = Optional.empty();
    Map<String, String> facts = new HashMap<>();
    for (String line : files.lines(file)) {
      try {
        Line record = JSON.readValue(line, Line.class);
        facts.putAll(record.facts());
        result = Optional.of(new Unfinished(id, new AppName(record.app()), record.step(), facts));
      } catch (JsonProcessingException e) {
        log.warn("journal record cut off entry={} reason={}", id, e.getOriginalMessage());
        break;
      }
    }
    return result;
  }

  private static String newId() {
    return String.format(
        Locale.ROOT,
        "%013d-%08x",
        System.currentTimeMillis(),
        ThreadLocalRandom.current().nextInt());
  }

  private record Line(String app, Step step, Map<String, String> facts) {}

  private final class FileEntry implements Entry {
    private final Key key;
    private final String id;
    private final Path file;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private Step step = Step.OPENED;
    private boolean stays;

    FileEntry(Key key, String id) {
      this.key = key;
      this.id = id;
      this.file = folder.resolve(id + SUFFIX);
    }

    synchronized Step step() {
      return step;
    }

    synchronized void begin(Map<String, String> first) {
      facts.putAll(first);
      files.write(file, line(first), DurableFiles.PRIVATE);
    }

    synchronized void add(Map<String, String> more) {
      if (!facts.entrySet().containsAll(more.entrySet())) {
        append(more);
      }
    }

    @Override
    public synchronized void step(Step next, Map<String, String> more) {
      step = next;
      append(more);
    }

    private void append(Map<String, String> more) {
      facts.putAll(more);
      try (FileChannel channel = FileChannel.open(file, WRITE, APPEND)) {
        ByteBuffer bytes = ByteBuffer.wrap(line(more).getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        throw new UncheckedIOException("writing " + file, e);
      }
    }

    private String line(Map<String, String> more) {
      try {
        return JSON.writeValueAsString(new Line(key.app().value(), step, more)) + "\n";
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("strings always make JSON", e);
      }
    }

    @Override
    public synchronized Map<String, String> facts() {
      return Map.copyOf(facts);
    }

    @Override
    public synchronized void keep() {
      stays = true;
    }

    @Override
    public synchronized void close() {
      // in this order: a file that is not open any more is what recovery looks for
      try {
        if (!stays) {
          files.delete(file);
        }
      } finally {
        open.remove(key, this);
      }
    }
  }

  /** An inner call's part of an entry; whoever opened it closes it. */
  private record Joined(FileEntry outer) implements Entry {
    @Override
    public void step(Step step, Map<String, String> facts) {
      outer.step(step, facts);
    }

    @Override
    public Map<String, String> facts() {
      return outer.facts();
    }

    @Override
    public void keep() {
      outer.keep();
    }

    @Override
    public void close() {
      // the entry goes on
    }
  }
}
