package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Every awkward character of a value reaches the process byte for byte, by both doors. Attack A3;
 * stories: A4, row 15.
 */
final class ConfigIT {
  private static final Map<String, String> AWKWARD = new LinkedHashMap<>();

  static {
    AWKWARD.put("QUOTES", "\"double\" and 'single' and `back`");
    AWKWARD.put("ENDS_IN_QUOTE", "say \"hi\"");
    AWKWARD.put("ENDS_IN_BACKSLASH", "C:\\path\\");
    AWKWARD.put("SHELL", "$(touch /tmp/pwned) ${HOME} $HOME !! ; | & > < * ? ~ # comment");
    AWKWARD.put("LINES", "first\nsecond\r\nthird\n");
    AWKWARD.put("BLANKS", "  leading\tand trailing  ");
    AWKWARD.put("NUMBER", "007");
    AWKWARD.put("EQUALS", "a=b=c");
    AWKWARD.put("EMPTY", "");
    AWKWARD.put("UNICODE", "grüße 東京 \uD83D\uDEA2");
    AWKWARD.put("JSON", "{\"a\": [1, \"\\n\"]}");
    AWKWARD.put("LONG", "x".repeat(50_000));
  }

  @AutoClose private static final Server server = Server.launch();

  @Test
  void valuesReachTheProcessUnchangedByBothDoors() {
    String local = server.newApp("local");
    String remote = server.newApp("remote");
    server.dokku(words("config:set", local, false)).succeeded();
    server.ssh(words("config:set --encoded", remote, true)).succeeded();
    for (String app : List.of(local, remote)) {
      Repository.of(server, app).push().succeeded();
      String seen = server.get(app, "/env").body();
      AWKWARD.forEach(
          (key, value) -> {
            assertThat(seen)
                .as(key + " in the container of " + app)
                .contains(json(key) + ": " + json(value));
            assertThat(server.dokku("config:get", app, key).out())
                .as("config:get " + key)
                .isEqualTo(value + "\n");
          });
    }
  }

  @Test
  void anEnvironmentIsNotThereWhileTheImageIsBuilt() {
    String app = server.newApp("buildtime");
    server.dokku("config:set", app, "RUN_TIME_ONLY=secret").succeeded();
    Repository repository = Repository.of(server, app);
    repository.write(
        "Dockerfile",
        Server.read(repository.folder().resolve("Dockerfile"))
            .replace(
                "COPY . .",
                "COPY . .\nRUN env > at-build.txt && ! grep RUN_TIME_ONLY at-build.txt"));
    repository.commit("Look at the build's environment");
    repository.push().succeeded();
    assertThat(server.get(app, "/env").body()).contains("\"RUN_TIME_ONLY\": \"secret\"");
  }

  private static String[] words(String command, String app, boolean encoded) {
    List<String> words = new ArrayList<>(List.of(command, app));
    AWKWARD.forEach(
        (key, value) ->
            words.add(
                key
                    + "="
                    + (encoded
                        ? Base64.getEncoder()
                            .encodeToString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        : value)));
    return words.toArray(String[]::new);
  }

  /** As Python's json.dumps writes it. */
  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
