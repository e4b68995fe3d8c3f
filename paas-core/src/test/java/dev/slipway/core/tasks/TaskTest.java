package dev.slipway.core.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.model.AppName;
import org.junit.jupiter.api.Test;

class TaskTest {
  @Test
  void aPortOfARegistryIsNoTag() {
    Task task = new Task(new AppName("blog"), "release", "host:5000/blog", "x", false);

    assertThat(task.repository()).isEqualTo("host:5000/blog");
    assertThat(task.tag()).isEqualTo("latest");
  }

  @Test
  void theTagStandsBehindTheLastColon() {
    Task task = new Task(new AppName("blog"), "release", "host:5000/blog:7", "x", false);

    assertThat(task.repository()).isEqualTo("host:5000/blog");
    assertThat(task.tag()).isEqualTo("7");
  }
}
