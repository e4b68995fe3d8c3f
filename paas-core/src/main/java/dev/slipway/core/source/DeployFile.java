package dev.slipway.core.source;

import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.GIT_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file that shapes a deploy: taken out of its source, in force once it has succeeded. Spec: 03
 * sections 7.1 and 8.1.
 */
public final class DeployFile implements Recoverer {
  /** Larger files are refused. */
  public static final int LIMIT = 1 << 20;

  private final Kind kind;
  private final StagedFile files;
  private final PropertyStore properties;
  private final Triggers triggers;
  private final ImageSource images;

  /**
   * Which file.
   *
   * @param plugin whose property says where it is
   * @param name in the data folder, and where builders look for it
   * @param property the path of the file in the source
   */
  public record Kind(String plugin, String name, String property) {}

  public DeployFile(
      Kind kind,
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      Triggers triggers,
      ImageSource images) {
    this.kind = kind;
    this.files = new StagedFile(roots, files, kind.plugin(), kind.name());
    this.properties = properties;
    this.triggers = triggers;
    this.images = images;
  }

  public void register(Handlers handlers) {
    handlers
        .on(kind.plugin(), CORE_POST_DEPLOY, at -> files.promote(at.app(0), at.call().pid()))
        .on(kind.plugin(), POST_DELETE, at -> files.destroy(at.app(0)));
  }

  /** The text that a call sees: that of its own deploy, else the one in force. */
  public Optional<String> text(Call call, AppName app) {
    return files.read(app, call.pid());
  }

  /**
   * Takes the file out of a deploy's source, and puts it where builders look for it.
   *
   * @param folder of the source, in which the file's path is looked up; empty for its root
   * @param check called with the text and the file's path; throws {@link UserError} to refuse it
   * @return where it lies now, if there is one
   */
  public Optional<Path> extract(
      Call call, AppName app, Path source, String folder, TextCheck check) {
    String path =
        SourceTree.trimmed(properties.effective(kind.plugin(), app, kind.property(), kind.name()));
    String image = triggers.ask(call, GIT_GET_PROPERTY, app, "source-image").strip();
    SourceTree tree = new SourceTree(source);
    Optional<String> text =
        image.isEmpty()
            ? tree.read(folder.isEmpty() ? path : folder + "/" + path, LIMIT)
                .map(bytes -> SourceText.of(bytes, path))
            : images
                .read(call, app, image, path, LIMIT)
                .map(bytes -> SourceText.of(bytes, path))
                .filter(content -> !content.isEmpty())
                .map(content -> content.endsWith("\n") ? content : content + "\n");
    text.ifPresent(content -> check.check(content, path));
    Optional<byte[]> bytes = text.map(content -> content.getBytes(UTF_8));
    Path staged = files.stage(app, call.pid(), bytes);
    if (!path.equals(kind.name())) {
      bytes.ifPresentOrElse(
          content -> tree.write(kind.name(), content), () -> tree.delete(kind.name()));
    }
    return text.map(content -> staged);
  }

  /** Looks at a text before it is taken in. */
  @FunctionalInterface
  public interface TextCheck {
    void check(String text, String path);
  }

  /** Drops what a deploy that failed has staged. */
  public void discard(AppName app, String pid) {
    files.discard(app, pid);
  }

  @Override
  public void undo(Unfinished entry) {
    ofDeploy(entry, pid -> files.discard(entry.app(), pid));
  }

  @Override
  public void finish(Unfinished entry) {
    ofDeploy(entry, pid -> files.promote(entry.app(), pid));
  }

  private static void ofDeploy(Unfinished entry, Consumer<String> act) {
    Optional.ofNullable(entry.facts().get("pid")).ifPresent(act);
  }
}
