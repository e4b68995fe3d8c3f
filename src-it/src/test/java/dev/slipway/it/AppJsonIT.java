package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What app.json and the Procfile ask for around a release, and what a failure of it leaves. */
final class AppJsonIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CHECK =
      "\"healthchecks\": {\"web\": [{\"type\": \"startup\", \"name\": \"up\", \"path\": \"/\","
          + " \"attempts\": 10, \"wait\": 1}],"
          + " \"minion\": [{\"type\": \"startup\", \"name\": \"stays up\", \"uptime\": 1}]}";

  @AutoClose private static final Server server = Server.launch();

  @Test
  void aFirstDeployHasAllDoneThatAppJsonAsksFor() {
    String app = server.newApp("whole");
    Repository repository =
        Repository.of(server, app)
            .write(
                "Procfile",
                "web: python3 web.py\nminion: python3 minion.py\nrelease: echo releasing $GREETING\n")
            .write(
                "app.json",
                """
                { // what a newcomer writes
                  "env": {
                    "GREETING": "good morning",
                    "NEEDED": {"description": "somebody has to know it"},
                    "TOKEN": {"generator": "secret"},
                  },
                  "formation": {"web": {"quantity": 2, "max_parallel": 2}, "minion": {"quantity": 1}},
                  "scripts": {
                    "dokku": {
                      "predeploy": "echo baked > page.txt && echo prepared for $NEEDED >&2",
                      "postdeploy": "echo after $DYNO",
                    },
                    "postdeploy": "echo seeded",
                  },
                  %s,
                }
                """
                    .formatted(CHECK));
    repository.commit("Ask for much");

    Ran refused = repository.push().failed();
    assertThat(refused.all())
        .contains("-----> Processing app.json env vars")
        .contains("required env var NEEDED has no value, no default, and no TTY for prompt")
        .doesNotContain("Deploying web");
    assertThat(image(app)).isEmpty();

    server.dokku("config:set", "--no-restart", app, "NEEDED=me").succeeded();
    Ran push = repository.push().succeeded();

    assertThat(lines(push))
        .containsSubsequence(
            "-----> Processing app.json env vars",
            "-----> Setting 2 env var(s) from app.json",
            "-----> Checking for predeploy task",
            "       Executing predeploy task from app.json: echo baked > page.txt && echo prepared"
                + " for $NEEDED >&2",
            " !     prepared for me",
            "-----> Checking for release task",
            "       Executing release task from Procfile in ephemeral container: echo releasing"
                + " good morning",
            "       releasing good morning",
            "-----> Checking for heroku.postdeploy task",
            "       seeded",
            "-----> Deploying web (count=2)",
            "-----> Deploying minion (count=1)",
            "-----> Checking for postdeploy task",
            "       after")
        .anyMatch(
            line -> line.matches("=====> Start of " + app + " release task \\(.{9}\\) output"));
    String token = server.dokku("config:get", app, "TOKEN").succeeded().out().strip();
    assertThat(token).matches("[0-9a-f]{64}");
    assertThat(push.all()).doesNotContain(token);
    assertThat(server.get(app, "/").body()).isEqualTo("baked\n");
    assertThat(server.running(app))
        .containsExactlyInAnyOrder(app + ".web.1", app + ".web.2", app + ".minion.1");
    assertThat(server.dokku("ps:scale", app, "web=1").failed().all())
        .contains("contains an app.json file with a formations key and cannot be manually scaled");
    assertThat(tasks(app)).isEmpty();
    assertThat(environmentOfImage(app)).doesNotContain("good morning", token, "NEEDED=me");

    Ran again = repository.push().succeeded();
    assertThat(again.all()).contains("Everything up-to-date");
    repository.write("page.txt", "Second version").commit("Second version");
    assertThat(lines(repository.push().succeeded()))
        .contains("       No env vars to set from app.json")
        .doesNotContain("-----> Checking for heroku.postdeploy task");
    assertThat(server.dokku("config:get", app, "TOKEN").out().strip()).isEqualTo(token);
  }

  @Test
  void aFailedTaskLeavesTheReleaseThatServesAndItsImage() {
    String app = server.newApp("failing");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    String before = image(app);
    String container = container(app);

    repository
        .write("app.json", scripts("\"predeploy\": \"echo spoiled > page.txt; exit 3\""))
        .commit("Fail before the release");
    assertThat(lines(repository.push().failed()))
        .contains(" !     Execution of predeploy task failed: echo spoiled > page.txt; exit 3");
    assertThat(image(app)).isEqualTo(before);

    repository
        .write(
            "Procfile", "web: python3 web.py\nother: python3 minion.py\nrelease: /no/such/program")
        .write(
            "app.json",
            "{\"formation\": {\"web\": {\"quantity\": 1}, \"other\": {\"quantity\": 2}},"
                + " \"scripts\": {\"dokku\": {\"predeploy\": \"echo spoiled > page.txt\"}}}")
        .commit("Fail after the image was changed");
    assertThat(lines(repository.push().failed()))
        .contains(" !     specified binary is not executable")
        .contains(" !     Execution of release task failed: /no/such/program");

    assertThat(image(app)).isEqualTo(before);
    assertThat(container(app)).isEqualTo(container);
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(tasks(app)).isEmpty();

    repository
        .write("Procfile", "web: python3 web.py\nother: python3 minion.py")
        .write(
            "app.json",
            "{\"formation\": {\"web\": {\"quantity\": 1}, \"other\": {\"quantity\": 2}},"
                + " \"healthchecks\": {\"web\": [{\"type\": \"startup\", \"path\": \"/\","
                + " \"content\": \"never there\", \"attempts\": 1}]}}")
        .commit("Fail at the checks");
    repository.push().failed();

    assertThat(image(app)).isEqualTo(before);
    assertThat(server.dokku("--quiet", "ps:scale", app).succeeded().out().lines())
        .containsExactly("web:  1");
    assertThat(server.dokku("ps:restart", app).succeeded().all()).contains("Deploying web");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  @Test
  void aFailedRedeployLeavesTheImageToo() {
    String app = server.newApp("redeploy");
    Repository repository =
        Repository.of(server, app)
            .write("Procfile", "web: python3 web.py\nrelease: test -z $BREAK || exit 5")
            .write("app.json", scripts("\"predeploy\": \"date +%N > page.txt\""));
    repository.commit("Fail when told so");
    repository.push().succeeded();
    String before = image(app);
    String page = server.get(app, "/").body();

    assertThat(server.dokku("config:set", app, "BREAK=yes").all())
        .contains("Execution of release task failed: test -z yes || exit 5");

    assertThat(image(app)).isEqualTo(before);
    assertThat(server.get(app, "/").body()).isEqualTo(page);
    assertThat(tasks(app)).isEmpty();
  }

  @Test
  void whatIsWrongIsNamedWithItsPlaceBeforeAnythingIsBuilt() {
    String app = server.newApp("wrong");
    Repository repository =
        Repository.of(server, app).write("app.json", "{\n  \"cron\": [{\"command\": \"a\"}]\n}\n");
    repository.commit("Forget the schedule");

    assertThat(repository.push().failed().all())
        .contains(
            "Missing cron schedule for app " + app + " (index 0) (app.json, line 2, column 12)")
        .doesNotContain("Building");

    repository.write("app.json", "{\n  \"env\": {\"A\": \"b\" \"C\": \"d\"}\n}").commit("A comma");
    assertThat(repository.push().failed().all())
        .contains("Cannot parse app.json as jsonc: ")
        .contains("(app.json, line 2, column ")
        .doesNotContain("Building");

    server.dokku("app-json:set", app, "appjson-path", "/deploy/app.json").succeeded();
    assertThat(server.dokku("app-json:report", app, "--app-json-computed-appjson-path").out())
        .isEqualTo("deploy/app.json\n");
    repository.push().succeeded();
  }

  @Test
  void aKilledDaemonLeavesNoTaskAndTheImageAsItWas() throws Exception {
    String app = server.newApp("killed");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    String before = image(app);
    repository
        .write("app.json", scripts("\"predeploy\": \"echo spoiled > page.txt; sleep 600\""))
        .commit("Take long");
    Process push = repository.startGit("push", "dokku", "master");
    Host.await("the task runs", Duration.ofSeconds(60), () -> !tasks(app).isEmpty());

    server.killDaemon();
    assertThat(push.waitFor()).isNotZero();
    server.startDaemonAgain();

    Host.await("the task is gone", SOON, () -> tasks(app).isEmpty());
    Host.await("the image is back", SOON, () -> image(app).equals(before));
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  private static String scripts(String dokku) {
    return "{\"scripts\": {\"dokku\": {" + dokku + "}}, " + CHECK + "}";
  }

  private static List<String> lines(Ran ran) {
    return ran.all()
        .lines()
        .map(line -> Pattern.compile("^remote: ?|\u001b\\[K").matcher(line).replaceAll(""))
        .map(String::stripTrailing)
        .toList();
  }

  private static String image(String app) {
    return server.docker("image", "inspect", "-f", "{{.Id}}", "dokku/" + app).out().strip();
  }

  private static String environmentOfImage(String app) {
    return server
        .docker("image", "inspect", "-f", "{{json .Config.Env}}", "dokku/" + app)
        .succeeded()
        .out();
  }

  private static String container(String app) {
    return server.docker("inspect", "-f", "{{.Id}}", app + ".web.1").succeeded().out().strip();
  }

  private static List<String> tasks(String app) {
    return server
        .docker("ps", "-a", "--filter", "name=" + app + "\\..*\\.task-", "--format", "{{.Names}}")
        .succeeded()
        .out()
        .lines()
        .toList();
  }
}
