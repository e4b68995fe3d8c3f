package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Labels;

/** Labels that this scheduler puts on app containers, beside those of {@link Labels}. */
final class LocalLabels {
  static final String PROCESS_TYPE = "com.dokku.process-type";
  static final String DYNO = "com.dokku.dyno";
  static final String CONTAINER_TYPE = "com.dokku.container-type";

  /** The number of the release record. */
  static final String RELEASE = "dev.slipway.release";

  /** One run of the scheduler; what a deploy made is found by it. */
  static final String DEPLOY = "dev.slipway.deploy";

  /** The address on the route network that is this container's for good. */
  static final String ROUTE_ADDRESS = "dev.slipway.route-address";

  /** How many seconds a one-off container may run. */
  static final String DEADLINE = "com.dokku.active-deadline-seconds";

  private LocalLabels() {}
}
