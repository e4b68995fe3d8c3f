package dev.slipway.core.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.engine.Image;
import dev.slipway.core.model.AppName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptImageTest {
  private static final Image IMAGE =
      new Image(
          "sha256:1",
          List.of(),
          Map.of(),
          List.of(),
          List.of("PATH=/bin", "LANG=a \"$b\\", "TWO=1\n2"),
          List.of("/run"),
          List.of("--port", "80"),
          "",
          "amd64");

  @Test
  void noVariableOfTheContainerStaysInTheImage() {
    assertThat(
            KeptImage.changes(
                IMAGE, SourceType.DOCKERFILE, List.of("SECRET", "LANG", "TWO", "PATH")))
        .containsExactly(
            "ENV LANG=\"a \\\"\\$b\\\\\"",
            "ENV PATH=\"/bin\"",
            "ENV SECRET=\"\"",
            "ENV TWO=\"\"",
            "ENTRYPOINT [\"/run\"]",
            "CMD [\"--port\",\"80\"]");
  }

  @Test
  void anImageOfBuildpacksKeepsTheCommandThatItHas() {
    assertThat(KeptImage.changes(IMAGE, SourceType.HEROKUISH, List.of())).isEmpty();
  }

  @Test
  void saysWhichContainerItWasMadeOf() {
    Task task = new Task(new AppName("blog"), "predeploy", "dokku/blog:latest", "x", true);

    assertThat(KeptImage.labels(task, "blog.predeploy.task-1"))
        .containsEntry("com.dokku.predeploy-phase", "true")
        .containsEntry("dokku_phase_script", "")
        .containsEntry(ThrowAway.LABEL, "blog.predeploy.task-1");
  }
}
