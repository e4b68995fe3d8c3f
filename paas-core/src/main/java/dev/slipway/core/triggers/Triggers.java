package dev.slipway.core.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.text.ExactText;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The way one family reaches another. Java handlers and the executables of third-party plugins form
 * one chain in byte order of the plugin's name; the first that fails ends it. A trigger that no
 * third-party plugin hooks starts no process. Spec: 05 section 1.7. Safe for use by many threads
 * once the handlers are registered.
 */
public final class Triggers {
  private final Handlers handlers;
  private final Hooks hooks;
  private final PipedPrograms programs;

  public Triggers(Handlers handlers, Hooks hooks, PipedPrograms programs) {
    this.handlers = handlers;
    this.hooks = hooks;
    this.programs = programs;
  }

  /**
   * Fires a trigger whose output the user sees. All links of the chain share the call's standard
   * input: the first that reads it takes it.
   *
   * @throws TriggerFailed if an executable fails; it has said why on its own standard error
   * @throws RuntimeException what a Java handler throws
   */
  public void fire(Call call, Trigger trigger, Object... arguments) {
    run(call, trigger, texts(arguments));
  }

  /**
   * Asks for a value: what the chain writes to standard output, without the line ends at its end.
   * Standard input is empty; what goes to standard error is shown.
   *
   * @throws TriggerFailed as {@link #fire}
   */
  public String ask(Call call, Trigger trigger, Object... arguments) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Call captured =
        call.piped(InputStream.nullInputStream(), answer, call.streams().err(), programs);
    run(captured, trigger, texts(arguments));
    return ExactText.decode(answer.toByteArray()).replaceFirst("[\r\n]+$", "");
  }

  /**
   * As {@link #ask}, for triggers whose status is ignored: a link that fails ends the chain, what
   * was written till then counts.
   */
  public String answer(Call call, Trigger trigger, Object... arguments) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Call captured =
        call.piped(InputStream.nullInputStream(), answer, call.streams().err(), programs);
    try {
      run(captured, trigger, texts(arguments));
    } catch (TriggerFailed ignoredAsSpecified) {
      return ExactText.decode(answer.toByteArray());
    }
    return ExactText.decode(answer.toByteArray());
  }

  /** Asks a yes-or-no question: whether the chain ends well. What it writes is dropped. */
  public boolean holds(Call call, Trigger trigger, Object... arguments) {
    try {
      ask(call, trigger, arguments);
      return true;
    } catch (TriggerFailed | dev.slipway.core.error.UserError no) {
      return false;
    }
  }

  /**
   * Whether a third-party plugin has an executable for it (the events logger is core and does not
   * count).
   */
  public boolean isHooked(Call call, Trigger trigger) {
    return hooks.exist(call, trigger);
  }

  private void run(Call call, Trigger trigger, List<String> arguments) {
    for (Link link : chain(call, trigger)) {
      link.run(call, trigger, arguments);
    }
  }

  private List<Link> chain(Call call, Trigger trigger) {
    List<Link> chain = new ArrayList<>();
    for (Map.Entry<String, List<Handler>> each : handlers.of(trigger).entrySet()) {
      each.getValue().forEach(handler -> chain.add(new Java(each.getKey(), handler)));
    }
    List<Hook> executables = hooks.of(call, trigger);
    if (!executables.isEmpty()) {
      executables.forEach(hook -> chain.add(new Executable(hook)));
      chain.sort(
          (a, b) -> Arrays.compareUnsigned(a.plugin().getBytes(UTF_8), b.plugin().getBytes(UTF_8)));
    }
    return chain;
  }

  private static List<String> texts(Object... arguments) {
    return Arrays.stream(arguments).map(String::valueOf).toList();
  }

  private sealed interface Link {
    String plugin();

    void run(Call call, Trigger trigger, List<String> arguments);
  }

  private record Java(String plugin, Handler handler) implements Link {
    @Override
    public void run(Call call, Trigger trigger, List<String> arguments) {
      handler.handle(new Invocation(call, trigger, arguments));
    }
  }

  private final class Executable implements Link {
    private final Hook hook;

    Executable(Hook hook) {
      this.hook = hook;
    }

    @Override
    public String plugin() {
      return hook.plugin();
    }

    @Override
    public void run(Call call, Trigger trigger, List<String> arguments) {
      int status = hooks.run(call, hook, arguments);
      if (status != 0) {
        throw new TriggerFailed(trigger, hook.plugin(), status);
      }
    }
  }
}
