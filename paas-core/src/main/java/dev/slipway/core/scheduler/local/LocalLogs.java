package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_LOGS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_LOGS_FAILED;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the containers that an app has now have written. Spec: 04 sections 13.1, 13.2. */
public final class LocalLogs {
  private static final Logger LOG = LoggerFactory.getLogger(LocalLogs.class);
  private static final String PLUGIN = "scheduler-docker-local";
  private static final String SCHEDULER = "docker-local";
  private static final List<String> COLOURS = List.of("36", "33", "32", "35", "31");

  private final Engine engine;
  private final Roots roots;
  private final DurableFiles files;
  private final StateFiles state;

  public LocalLogs(Engine engine, Roots roots, DurableFiles files) {
    this.engine = engine;
    this.roots = roots;
    this.files = files;
    this.state = new StateFiles(roots, files);
  }

  public void register(Handlers handlers) {
    handlers.on(PLUGIN, SCHEDULER_LOGS, this::logs).on(PLUGIN, SCHEDULER_LOGS_FAILED, this::failed);
  }

  private void logs(Invocation inv) {
    if (!inv.argument(0).equals(SCHEDULER)) {
      return;
    }
    String type = inv.argument(2);
    boolean follow = inv.argument(3).equals("true");
    boolean quiet = inv.argument(4).equals("true");
    int lines = Integer.parseInt(inv.argument(5));
    OutputStream out = inv.call().streams().out();
    List<Thread> readers = new ArrayList<>();
    SortedMap<Instance, String> containers = new TreeMap<>(StateFiles.LEXICAL);
    containers.putAll(state.containers(inv.app(1)));
    for (Map.Entry<Instance, String> each : containers.entrySet()) {
      String instance = each.getKey().toString();
      if (type.isEmpty() || each.getKey().type().value().equals(type)) {
        String colour = quiet ? "" : COLOURS.get(readers.size() % COLOURS.size());
        readers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      LogLines stdout = new LogLines(out, colour, instance);
                      LogLines stderr = new LogLines(out, colour, instance);
                      read(each.getValue(), lines, follow, !quiet, stdout, stderr);
                    }));
      }
    }
    join(readers);
  }

  private void read(
      String id, int lines, boolean follow, boolean times, LogLines stdout, LogLines stderr) {
    try {
      engine.logs(id, lines, follow, times, stdout, stderr);
      stdout.end();
      stderr.end();
    } catch (IOException gone) {
      LOG.debug("nobody reads the logs any more container={}", id, gone);
    } catch (ToolFailure e) {
      LOG.warn("log not read container={}", id, e);
    }
  }

  private static void join(List<Thread> readers) {
    try {
      for (Thread reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      readers.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  private void failed(Invocation inv) {
    if (!inv.argument(0).equals(SCHEDULER)) {
      return;
    }
    Call call = inv.call();
    AppName app = inv.app(1);
    Path file = roots.data(PLUGIN, app).resolve("failed-containers");
    List<String> lines = files.lines(file);
    call.out().unlessQuiet().heading(app + " failed deploy logs");
    if (lines.isEmpty()) {
      call.out().warn("No failed containers found");
      return;
    }
    for (String line : lines) {
      String id = line.split(" ", 2)[0];
      if (engine.container(id).isPresent()) {
        engine.logs(id, -1, false, false, call.streams().out(), call.streams().err());
      } else {
        call.out().warn("App container " + id + " no longer running");
        files.update(
            file,
            DurableFiles.READABLE,
            text ->
                text.lines()
                    .filter(each -> !each.equals(line))
                    .map(each -> each + "\n")
                    .reduce("", String::concat));
      }
    }
  }
}
