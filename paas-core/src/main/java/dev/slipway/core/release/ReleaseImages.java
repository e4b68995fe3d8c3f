package dev.slipway.core.release;

import dev.slipway.core.builder.KeptImages;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.release.ReleaseRecord.State;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import java.util.LinkedHashMap;
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
  /** How many are kept unless {@code builds:set retained-releases} says otherwise. */
  private static final int DEFAULT_RETAINED = 5;

  /** How many stay when the disk is nearly full: the one that serves and the one before. */
  private static final int LEAST_RETAINED = 2;

  private static final Logger log = LoggerFactory.getLogger(ReleaseImages.class);
  private static final String HEAD = "release-";

  private final Engine engine;
  private final ReleaseRecords records;
  private final PropertyStore properties;
  private final InstallationId installation;

  public ReleaseImages(
      Engine engine,
      ReleaseRecords records,
      PropertyStore properties,
      InstallationId installation) {
    this.engine = engine;
    this.records = records;
    this.properties = properties;
    this.installation = installation;
  }

  /** Names the image of a release that is live, and lets go what is beyond the retention. */
  void live(AppName app, ReleaseRecord release) {
    try {
      engine.tag(release.imageId(), repository(app), HEAD + release.number());
      prune(app, number(app));
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
    return Set.copyOf(kept(app, number(app)).values());
  }

  @Override
  public void prune(AppName app) {
    prune(app, number(app));
  }

  @Override
  public void pruneHard(AppName app) {
    prune(app, LEAST_RETAINED);
  }

  private void prune(AppName app, int most) {
    Map<Integer, String> kept = kept(app, most);
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

  /** By the newest release of each image. */
  private Map<Integer, String> kept(AppName app, int most) {
    Map<Integer, String> kept = new LinkedHashMap<>();
    for (ReleaseRecord record : records.newestFirst(app)) {
      boolean counts = record.state() == State.LIVE && !record.imageId().isEmpty();
      if (counts && !kept.containsValue(record.imageId()) && kept.size() < most) {
        kept.put(record.number(), record.imageId());
      }
    }
    return kept;
  }

  private int number(AppName app) {
    String text = properties.effective("builds", app, "retained-releases", "");
    return text.matches("[1-9][0-9]?")
        ? Math.max(LEAST_RETAINED, Integer.parseInt(text))
        : DEFAULT_RETAINED;
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
