package dev.slipway.builder.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample app of each language: built twice, and run. */
class StackLanguagesIT {
  private static final Path SAMPLES = Path.of("../src-it/apps");

  @TempDir Path folder;

  private StackApp sample(String name) throws IOException {
    Path copy = folder.resolve("app");
    copyTree(SAMPLES.resolve(name), copy);
    return new StackApp(copy, Files.createDirectory(folder.resolve("env")));
  }

  static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static String page(StackApp app, String container) throws Exception {
    HttpResponse<String> answer = app.get(container, "/");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void pythonAppsAreBuiltAndTheSecondBuildTakesTheCache() throws Exception {
    try (StackApp app = sample("python")) {
      Said first = app.build().well();
      Said second = app.build().well();

      assertThat(first.output())
          .contains(
              "-----> Python app detected\n",
              "-----> Installing requirements with pip (from requirements.txt)\n",
              "       Collecting Flask==3.1.2",
              "-----> Discovering process types\n       Procfile declares types -> web, clock\n");
      assertThat(second.output())
          .contains("-----> Requirements have not changed: taking them from the cache\n")
          .doesNotContain("Collecting");
      assertThat(second.milliseconds()).isLessThan(first.milliseconds());
      String web = app.start("web");
      assertThat(page(app, web)).isEqualTo("Hello from Python, by Flask 3.1.2\n");
      assertThat(app.stop(web)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void pythonAppsMayNameTheirNeedsInPyproject() throws Exception {
    try (StackApp app = sample("python")) {
      Path root = folder.resolve("app");
      Files.delete(root.resolve("requirements.txt"));
      Files.writeString(
          root.resolve("pyproject.toml"),
          "[project]\nname = 'page'\nversion = '1'\ndependencies = ['Flask==3.1.2', 'gunicorn==23.0.0']\n");

      assertThat(app.build().well().output())
          .contains("-----> Installing requirements with pip (from pyproject.toml)\n");

      assertThat(page(app, app.start("web"))).contains("Flask 3.1.2");
    }
  }

  @Test
  void nodeAppsAreBuiltByTheirScriptAndLoseWhatOnlyTheBuildNeeds() throws Exception {
    try (StackApp app = sample("node")) {
      assertThat(app.build().well().output())
          .contains(
              "-----> Node.js app detected\n",
              "-----> Installing dependencies with npm\n",
              "-----> Running the script build of package.json\n",
              "-----> Dropping development dependencies\n",
              "       Default types for Node.js -> web\n");
      assertThat(app.build().well().output())
          .contains("-----> Dependencies have not changed: taking them from the cache\n");

      String web = app.start("web");
      assertThat(page(app, web)).isEqualTo("Hello from Node.js, by Express 4.21.2\n");
      assertThat(app.get(web, "/page.js").body()).contains("Hello from Node.js");
      assertThat(app.run("/exec", "ls", "node_modules").output())
          .contains("express")
          .doesNotContain("esbuild");
    }
  }

  @Test
  void perlAppsFindTheModulesOfTheImage() throws Exception {
    try (StackApp app = sample("perl")) {
      assertThat(app.build().well().output())
          .contains(
              "-----> Perl app detected\n",
              "-----> Everything in cpanfile comes with this image\n",
              "       Procfile declares types -> web, minion\n");

      assertThat(page(app, app.start("web"))).isEqualTo("Hello, World!");
    }
  }

  @Test
  void phpAppsAreServedByAWebServerWithTheirClasses() throws Exception {
    try (StackApp app = sample("php")) {
      assertThat(app.build().well().output())
          .contains(
              "-----> PHP app detected\n",
              "-----> Installing dependencies with Composer\n",
              "       Default types for PHP -> web\n");

      String web = app.start("web");
      assertThat(page(app, web)).isEqualTo("Hello from PHP eight, page /\n");
      assertThat(app.get(web, "/No/Such?x=1").body())
          .isEqualTo("Hello from PHP eight, page /no/such?x=1\n");
      assertThat(app.stop(web)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void phpAppsWithNothingButAPageDoNotShowWhatLiesBesideIt() throws Exception {
    Path app = Files.createDirectory(folder.resolve("app"));
    Files.writeString(app.resolve("index.php"), "<?php echo 'plain ', PHP_MAJOR_VERSION;");
    Files.writeString(app.resolve("Procfile"), "web: php-web .\n");
    try (StackApp plain = new StackApp(app, Files.createDirectory(folder.resolve("env")))) {
      plain.build().well();

      String web = plain.start("web");
      assertThat(page(plain, web)).isEqualTo("plain 8");
      assertThat(plain.get(web, "/.release").statusCode()).isEqualTo(404);
      assertThat(plain.get(web, "/Procfile").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void filesAreServedAsTheyAre() throws Exception {
    try (StackApp app = sample("static")) {
      assertThat(app.build().well().output())
          .contains("-----> Static app detected\n", "       nginx will serve public (files: 3)\n");

      String web = app.start("web");
      assertThat(page(app, web)).contains("Hello from a file");
      assertThat(app.get(web, "/style.css").headers().firstValue("content-type"))
          .contains("text/css");
      HttpResponse<String> missing = app.get(web, "/none");
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(missing.body()).contains("There is no such page");
    }
  }

  @Test
  void aProcfileAloneIsEnough() throws Exception {
    try (StackApp app = sample("procfile")) {
      assertThat(app.build().well().output())
          .contains("-----> Procfile app detected\n", "Procfile declares types -> web, greeter\n");

      assertThat(page(app, app.start("web"))).isEqualTo("Hello from web\n");
      assertThat(app.run("/start", "greeter").well().output()).isEqualTo("Hello, world\n");
    }
  }

  @Test
  void severalBuildpacksWorkOneAfterTheOther() throws Exception {
    try (StackApp app = sample("multi")) {
      assertThat(app.build().well().output())
          .containsSubsequence(
              "-----> Node.js app detected\n",
              "-----> Running the script build",
              "-----> Python app detected\n",
              "-----> Discovering process types\n");

      assertThat(page(app, app.start("web"))).contains("<h1>Hello from two buildpacks</h1>");
    }
  }

  @Test
  @Tag("soak")
  void nodeAppsMayAskForAnotherVersion() throws Exception {
    try (StackApp app = sample("node")) {
      Path root = folder.resolve("app");
      for (String file : List.of("package.json", "package-lock.json")) {
        String text = Files.readString(root.resolve(file));
        Files.writeString(
            root.resolve(file), text.replace("\"node\": \">=18\"", "\"node\": \"22.x\""));
      }

      assertThat(app.build().well().output())
          .contains("-----> Fetching Node.js 22.x from the npm registry\n", "       Node.js v22.");
      assertThat(app.build().well().output())
          .contains("       Node.js v22.")
          .doesNotContain("Fetching Node.js");

      assertThat(app.run("/exec", "node", "--version").output()).startsWith("v22.");
      assertThat(page(app, app.start("web"))).contains("by Express");
    }
  }

  @Test
  @Tag("soak")
  void goAppsBecomeOneProgram() throws Exception {
    try (StackApp app = sample("go")) {
      Said first = app.build().well();
      Said second = app.build().well();

      assertThat(first.output())
          .contains(
              "-----> Go app detected\n",
              "       Programs in bin/: visits\n",
              "       Default types for Go -> web\n");
      assertThat(second.milliseconds()).isLessThan(first.milliseconds() / 2);
      String web = app.start("web");
      assertThat(page(app, web)).startsWith("Hello from Go, visit ");
      assertThat(app.stop(web)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  @Tag("soak")
  void javaAppsArePackagedByMaven() throws Exception {
    try (StackApp app = sample("java")) {
      Said first = app.build().well();
      Said second = app.build().well();

      assertThat(first.output())
          .contains("-----> Java app detected\n", "       Default types for Java -> web\n");
      assertThat(second.milliseconds()).isLessThan(first.milliseconds());
      assertThat(page(app, app.start("web"))).contains("Hello from Java");
    }
  }
}
