/**
 * From a revision to a running app, step by step, under one lease: start with {@link
 * dev.slipway.core.deploy.Deployments}. What a step does is the business of whoever answers its
 * trigger: builders, release, scheduler. Spec: 03 sections 2.4, 2.5, 12 and 13.
 */
@NullMarked
package dev.slipway.core.deploy;

import org.jspecify.annotations.NullMarked;
