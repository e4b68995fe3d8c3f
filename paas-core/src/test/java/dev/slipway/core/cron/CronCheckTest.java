package dev.slipway.core.cron;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import dev.slipway.core.triggers.CoreTriggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronCheckTest {
  @TempDir Path folder;

  private void check(String tasks) throws IOException {
    TestInstallation installation = new TestInstallation(folder);
    new CronCheck(installation.files, installation.triggers).register(installation.handlers);
    Path file = Files.writeString(folder.resolve("app.json"), "{\"cron\": [\n" + tasks + "\n]}");
    installation.triggers.fire(
        new RecordedCall().call(), CoreTriggers.APP_JSON_IS_VALID, "blog", file);
  }

  @Test
  void takesWhatIsRight() throws IOException {
    check("{\"command\": \"a\", \"schedule\": \"@daily\", \"concurrency_policy\": \"forbid\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{'schedule': '@daily'}#Missing cron task command for app blog (index 0) (app.json, line 2,"
            + " column 1)",
        "{'command': 'a'}#Missing cron schedule for app blog (index 0) (app.json, line 2, column 1)",
        "{'command': 'a; b', 'schedule': '@daily'}#Invalid cron command for app blog (command"
            + " 'a; b'): ';' is not supported outside of quotes (app.json, line 2, column 13)",
        "{'command': 'a', 'schedule': '@daily', 'concurrency_policy': 'x'}#Invalid cron concurrency"
            + " policy for app blog (schedule @daily): x (app.json, line 2, column 62)",
        "{'command': 'a', 'schedule': '@never'}#Invalid cron schedule for app blog (schedule"
            + " @never): unrecognized descriptor: @never (app.json, line 2, column 30)"
      })
  void namesWhatIsWrongAndWhere(String task, String message) {
    assertThatThrownBy(() -> check(task.replace('\'', '"')))
        .isInstanceOf(UserError.class)
        .hasMessage(message.replace("'a; b'", "\"a; b\""));
  }
}
