package dev.slipway.core.release;

import dev.slipway.core.builder.KeptImages;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that going back to a release needs: those of the last releases that were live, each
 * named {@code dokku/APP:release-N} by its newest release, so that nobody takes it for rubbish.
 * Releases that differ in their configuration only share one. What is beyond the retention loses
 * its name, and is gone once no container runs from it.
 */
public final class ReleaseImages implements KeptImages {
  private static final Logger log = LoggerFactory.getLogger(ReleaseImages.class);
  private static final String HEAD = "release-";

  private final Engine engine;
  private final ReleaseRecords records;
  private final InstallationId installation;

  public ReleaseImages(Engine engine, ReleaseRecords records, InstallationId installation) {
    this.engine = engine;
    this.records = records;
    this.installation = installation;
  }

  /** Names the image of a release that is live, and lets go what is beyond the retention. */
  void live(AppName app, ReleaseRecord release) {
    try {
      engine.tag(release.imageId(), repository(app), HEAD + release.number());
      prune(app, records.retained(app));
    } catch (ToolFailure e) {
      log.warn("images of releases left as they are app={}: {}", app, e.getMessage());
    }
  }

  /** As {@link #live(AppName, ReleaseRecord)}. */
  public void live(AppName app, int number) {
    records.read(app, number).ifPresent(release -> live(app, release));
  }

  @Override
  public Set<String> retained(AppName app) {
    return Set.copyOf(records.images(app, records.retained(app)).values());
  }

  @Override
  public void prune(AppName app) {
    prune(app, records.retained(app));
  }

  @Override
  public void pruneHard(AppName app) {
    prune(app, ReleaseRecords.LEAST_RETAINED);
  }

  private void prune(AppName app, int most) {
    Map<Integer, String> kept = records.images(app, most);
    for (Image image : engine.images(labels(app), false)) {
      for (String tag : image.tags()) {
        int number = number(app, tag);
        if (number > 0 && !image.id().equals(kept.get(number))) {
          remove(app, tag);
        }
      }
    }
  }

  private void remove(AppName app, String tag) {
    try {
      engine.removeImage(tag);
    } catch (ToolFailure e) {
      log.info("image stays app={} tag={}: {}", app, tag, e.getMessage());
    }
  }

  private static int number(AppName app, String tag) {
    String head = repository(app) + ":" + HEAD;
    String digits = tag.startsWith(head) ? tag.substring(head.length()) : "";
    return digits.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(digits) : 0;
  }

  private static String repository(AppName app) {
    return "dokku/" + app;
  }

  private List<String> labels(AppName app) {
    return List.of(
        Labels.with(Labels.APP, app.value()),
        Labels.with(Labels.INSTALLATION, installation.value()));
  }
}
