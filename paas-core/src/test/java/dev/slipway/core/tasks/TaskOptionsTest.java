package dev.slipway.core.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskOptionsTest {
  @Test
  void leavesOutWhatIsForProcessesAlone() {
    assertThat(
            TaskOptions.without(
                List.of(
                    "--env=A",
                    "--memory",
                    "1g",
                    "--memory-swap=2g",
                    "--cpus=1",
                    "-p",
                    "80:80",
                    "-p81:81",
                    "-P",
                    "--publish-all=true",
                    "--restart=always",
                    "-v",
                    "a:/b",
                    "--network",
                    "inner")))
        .containsExactly("--env=A", "-v", "a:/b", "--network", "inner");
  }

  @Test
  void aValueAtTheEndMayBeMissing() {
    assertThat(TaskOptions.without(List.of("--init", "--memory"))).containsExactly("--init");
  }
}
