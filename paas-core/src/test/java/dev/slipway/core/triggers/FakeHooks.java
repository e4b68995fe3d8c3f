package dev.slipway.core.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Third-party executables that only exist in memory: each prints a text and ends with a status. */
public final class FakeHooks implements Hooks {
  private record Answer(String text, int status) {}

  private final Map<Hook, Answer> answers = new HashMap<>();
  private final List<String> ran = new ArrayList<>();

  public FakeHooks on(String plugin, Trigger trigger, String prints, int status) {
    answers.put(new Hook(plugin, Path.of("/", plugin, trigger.name())), new Answer(prints, status));
    return this;
  }

  /** What was run, {@code PLUGIN/TRIGGER ARGUMENTS} each. */
  public List<String> ran() {
    return List.copyOf(ran);
  }

  @Override
  public List<Hook> of(Call call, Trigger trigger) {
    return answers.keySet().stream()
        .filter(hook -> hook.file().endsWith(trigger.name()))
        .sorted(Comparator.comparing(Hook::plugin))
        .toList();
  }

  @Override
  public int run(Call call, Hook hook, List<String> arguments) {
    Answer answer = answers.getOrDefault(hook, new Answer("", 127));
    ran.add(hook.plugin() + "/" + hook.file().getFileName() + " " + String.join(" ", arguments));
    try {
      call.streams().out().write(answer.text().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer.status();
  }
}
