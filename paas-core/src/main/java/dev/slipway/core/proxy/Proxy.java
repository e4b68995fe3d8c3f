package dev.slipway.core.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.time.Duration;

/**
 * What serves the web. A method that changes routes returns only once the change is proven to serve
 * and nothing accepts connections by the old routes any more. All may be called from many threads;
 * changes that come together share one reload. Spec: 02 section 6.3.
 */
public interface Proxy {
  /**
   * Routes an app as its files and properties now say.
   *
   * @throws dev.slipway.core.error.ToolFailure if the result is refused, with the proxy's own
   *     words; the routes from before are back then
   */
  void build(Call call, AppName app);

  /** Takes an app's routes away. */
  void clear(Call call, AppName app);

  /**
   * Waits until requests that were accepted by routes of before the newest change have ended. What
   * only these could reach may be stopped then.
   *
   * @return false if some are still under way after this time
   */
  boolean awaitDrained(Duration limit);
}
