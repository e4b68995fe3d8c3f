/**
 * The app.json of an app: reading it, answering those who ask what is in it, and having done around
 * a release what it asks for. Start with {@link dev.slipway.core.appjson.AppJsons} for the file and
 * {@link dev.slipway.core.appjson.ReleaseTasks} for the release. Running containers is the business
 * of {@code tasks}, health checks and counts of {@code checks} and {@code ps}. Spec: 03 section 7.
 */
@NullMarked
package dev.slipway.core.appjson;

import org.jspecify.annotations.NullMarked;
