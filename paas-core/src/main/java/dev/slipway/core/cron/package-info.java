/**
 * Scheduled tasks: what app.json may say about them. Start with {@link
 * dev.slipway.core.cron.CronCheck}. Nothing runs them yet. Spec: 04 section 12.1.
 */
@NullMarked
package dev.slipway.core.cron;

import org.jspecify.annotations.NullMarked;
