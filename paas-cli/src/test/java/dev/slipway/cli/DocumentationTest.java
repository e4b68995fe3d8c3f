package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual: its links lead somewhere, and its list of commands is the catalogue's. */
final class DocumentationTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern CODE = Pattern.compile("``.*?``|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-z0-9:-]*)");

  @Test
  void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        if (!resolves(page, link)) {
          broken.add(REPOSITORY.relativize(page) + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theListOfCommandsIsThatOfTheCatalogue(@TempDir Path folder) throws IOException {
    Set<String> listed =
        catalogue(folder).helpLines(true).stream()
            .map(line -> line.strip().split("[ ,]", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));

    String page = Files.readString(REPOSITORY.resolve("docs/commands.md"), UTF_8);
    assertThat(first(ROW, page)).isEqualTo(listed);
  }

  private static dev.slipway.cli.catalogue.Catalogue catalogue(Path folder) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("DOKKU_ROOT", folder.resolve("root").toString());
    environment.put("DOKKU_LIB_PATH", folder.resolve("lib").toString());
    environment.put("SLIPWAY_RUN_DIR", folder.resolve("run").toString());
    environment.put("DOKKU_SYSTEM_USER", System.getProperty("user.name"));
    return new Installation(DaemonSettings.from(environment)).catalogue();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CHANGELOG.md").map(REPOSITORY::resolve),
              docs.filter(each -> each.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  private static Set<String> links(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page, UTF_8)).replaceAll("");
    return first(LINK, CODE.matcher(text).replaceAll(""));
  }

  private static boolean resolves(Path page, String link) throws IOException {
    if (link.startsWith("https://") || link.startsWith("http://")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return target.startsWith(REPOSITORY)
        && Files.exists(target)
        && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** The names that a renderer gives to headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return first(HEADING, FENCED.matcher(Files.readString(page, UTF_8)).replaceAll("")).stream()
        .map(heading -> heading.strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Set<String> first(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(DocumentationTest::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String group(MatchResult found) {
    return String.valueOf(found.group(1));
  }
}
