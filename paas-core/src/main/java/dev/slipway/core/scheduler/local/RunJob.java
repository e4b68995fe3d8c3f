package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Image;
import dev.slipway.core.model.AppName;

/**
 * A one-off container, once everything about it is known.
 *
 * @param kind {@code run} or {@code cron}
 * @param name {@code run.NUMBER}, which is the container's behind the app
 * @param imageName with its tag
 */
record RunJob(
    AppName app,
    String kind,
    String name,
    Image image,
    String imageName,
    String tag,
    boolean tty,
    boolean detached) {}
