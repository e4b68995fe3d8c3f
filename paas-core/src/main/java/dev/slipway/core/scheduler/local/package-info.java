/**
 * The scheduler that ships: containers on this host. Policy only (names, order, checks, retirement,
 * partial deploys) over the port {@code Engine}. Start with {@link
 * dev.slipway.core.scheduler.local.LocalDeploy}: a deploy is planned ({@code DeployPlanner}), new
 * containers are made and checked ({@code NewContainers}), then everything switches to them ({@code
 * Switchover}) and the old ones retire ({@code Retirements}). Spec: 04 section 5.
 */
@NullMarked
package dev.slipway.core.scheduler.local;

import org.jspecify.annotations.NullMarked;
