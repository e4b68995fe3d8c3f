package dev.slipway.core.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.model.AppName;
import dev.slipway.core.release.ReleaseRecord.State;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The records of releases, {@code LIB/data/slipway/releases/APP/N.json}, mode 0600 since they hold
 * the configuration. Those that going back needs stay, and the newest {@value #KEPT} of the others.
 * To be used under the app's switch lock.
 */
public final class ReleaseRecords {
  static final int KEPT = 20;

  /** How many images are kept unless {@code builds:set retained-releases} says otherwise. */
  private static final int DEFAULT_RETAINED = 5;

  /** How many images stay in any case: the one that serves and the one before. */
  static final int LEAST_RETAINED = 2;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".json";

  private final Roots roots;
  private final DurableFiles files;
  private final PropertyStore properties;

  public ReleaseRecords(Roots roots, DurableFiles files, PropertyStore properties) {
    this.roots = roots;
    this.files = files;
    this.properties = properties;
  }

  public int nextNumber(AppName app) {
    List<Integer> numbers = numbers(app);
    return numbers.isEmpty() ? 1 : numbers.getLast() + 1;
  }

  /** Writes a record and forgets those that are too old. */
  public void write(AppName app, ReleaseRecord record) {
    files.write(path(app, record.number()), json(record), DurableFiles.PRIVATE);
    if (numbers(app).size() > KEPT) {
      forgetOld(app);
    }
  }

  private void forgetOld(AppName app) {
    Set<Integer> needed = new HashSet<>(images(app, retained(app)).keySet());
    live(app).map(ReleaseRecord::number).ifPresent(needed::add);
    List<Integer> others = numbers(app).stream().filter(each -> !needed.contains(each)).toList();
    others.stream()
        .limit(Math.max(0, others.size() - KEPT))
        .forEach(old -> files.delete(path(app, old)));
  }

  /** How many images of an app's releases are kept. */
  int retained(AppName app) {
    String text = properties.effective("builds", app, "retained-releases", "");
    return text.matches("[1-9][0-9]?")
        ? Math.max(LEAST_RETAINED, Integer.parseInt(text))
        : DEFAULT_RETAINED;
  }

  /** The images that were live last, by the newest release of each. */
  Map<Integer, String> images(AppName app, int most) {
    Map<Integer, String> images = new LinkedHashMap<>();
    for (ReleaseRecord record : newestFirst(app)) {
      boolean counts = record.state() == State.LIVE && !record.imageId().isEmpty();
      if (counts && !images.containsValue(record.imageId()) && images.size() < most) {
        images.put(record.number(), record.imageId());
      }
    }
    return images;
  }

  /** Notes how a release ended, if it is still under way. */
  public void ended(AppName app, int number, State how) {
    Path file = path(app, number);
    if (files.read(file).isEmpty()) {
      return;
    }
    files.update(
        file,
        DurableFiles.PRIVATE,
        text -> {
          ReleaseRecord record = parse(text);
          return record.state() == State.UNDER_WAY ? json(record.ended(how)) : text;
        });
  }

  public Optional<ReleaseRecord> read(AppName app, int number) {
    return files.read(path(app, number)).map(ReleaseRecords::parse);
  }

  /** The newest that is or was live. */
  public Optional<ReleaseRecord> live(AppName app) {
    return numbers(app).reversed().stream()
        .flatMap(number -> read(app, number).stream())
        .filter(record -> record.state() == State.LIVE)
        .findFirst();
  }

  /** All that are kept. */
  List<ReleaseRecord> newestFirst(AppName app) {
    return numbers(app).reversed().stream().flatMap(each -> read(app, each).stream()).toList();
  }

  public void destroy(AppName app) {
    files.deleteTree(folder(app));
  }

  private List<Integer> numbers(AppName app) {
    if (!Files.isDirectory(folder(app))) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder(app))) {
      return entries
          .map(each -> String.valueOf(each.getFileName()))
          .filter(name -> name.matches("[0-9]{1,9}\\.json"))
          .map(name -> Integer.valueOf(name.substring(0, name.length() - SUFFIX.length())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder(app), e);
    }
  }

  private Path folder(AppName app) {
    return roots.slipway().resolve("releases").resolve(app.value());
  }

  private Path path(AppName app, int number) {
    return folder(app).resolve(number + SUFFIX);
  }

  private static String json(ReleaseRecord record) {
    ObjectNode node = JSON.createObjectNode();
    node.put("number", record.number())
        .put("image", record.image())
        .put("image_id", record.imageId())
        .put("build", record.build())
        .put("source", record.source())
        .put("time", record.time().toString())
        .put("state", record.state().name());
    node.set("config", JSON.valueToTree(record.config()));
    node.set("ports", JSON.valueToTree(record.ports()));
    node.set("domains", JSON.valueToTree(record.domains()));
    node.set("scale", JSON.valueToTree(record.scale()));
    return node.toPrettyString() + "\n";
  }

  private static ReleaseRecord parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return new ReleaseRecord(
          node.path("number").asInt(),
          node.path("image").asText(),
          node.path("image_id").asText(),
          node.path("build").asText(),
          node.path("source").asText(),
          Instant.parse(node.path("time").asText()),
          State.valueOf(node.path("state").asText()),
          texts(node.path("config")),
          items(node.path("ports")),
          items(node.path("domains")),
          counts(node.path("scale")));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("release record", e);
    }
  }

  private static SortedMap<String, String> texts(JsonNode node) {
    SortedMap<String, String> all = new TreeMap<>();
    node.properties().forEach(each -> all.put(each.getKey(), each.getValue().asText()));
    return all;
  }

  private static SortedMap<String, Integer> counts(JsonNode node) {
    SortedMap<String, Integer> all = new TreeMap<>();
    node.properties().forEach(each -> all.put(each.getKey(), each.getValue().asInt()));
    return all;
  }

  private static List<String> items(JsonNode node) {
    List<String> all = new ArrayList<>();
    node.forEach(each -> all.add(each.asText()));
    return all;
  }
}
