/**
 * The app.json of an app: reading it, keeping it aside until its deploy has succeeded, answering
 * those who ask what is in it, and saying what of it is not served. Start with {@link
 * dev.slipway.core.appjson.AppJsons}. Running health checks or scaling by it is not done here.
 * Spec: 03 section 7.
 */
@NullMarked
package dev.slipway.core.appjson;

import org.jspecify.annotations.NullMarked;
