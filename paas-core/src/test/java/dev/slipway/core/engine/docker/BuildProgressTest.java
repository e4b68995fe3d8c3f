package dev.slipway.core.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildProgressTest {
  private final List<String> lines = new ArrayList<>();
  private final Images.Progress progress = new Images.Progress(lines::add);

  private void said(String text) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    progress.onNext(
        json.readValue(
            json.createObjectNode().put("stream", text).toString(), BuildResponseItem.class));
  }

  @Test
  void passesWholeLinesOnAndTheLastOneAtTheEnd() throws JsonProcessingException {
    said("Step 1\nSt");
    said("ep 2\n\nno end");
    progress.onComplete();

    assertThat(lines).containsExactly("Step 1", "Step 2", "", "no end");
  }

  @Test
  void breaksALineThatNeverEnds() throws JsonProcessingException {
    for (int i = 0; i < 100; i++) {
      said("x".repeat(10_000));
    }
    progress.onComplete();

    assertThat(lines).hasSize(16).allMatch(line -> line.length() <= 65536);
    assertThat(String.join("", lines)).hasSize(1_000_000);
  }
}
