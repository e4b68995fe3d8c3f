package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts the daemon fetches from for somebody else: not this server itself by its loopback
 * addresses, and not what only this server can reach, such as the metadata service of a cloud.
 * Addresses of the local network are allowed, since git servers live there. With {@value #SETTING}
 * set to {@code true} in the files of the host's environment everything is.
 */
public final class RemoteAddresses {
  static final String SETTING = "SLIPWAY_FETCH_LOCAL";

  /** The metadata service of one cloud has an address of the local network's kind. */
  private static final String METADATA = "fd00:ec2:0:0:0:0:0:254";

  private RemoteAddresses() {}

  /**
   * The addresses of a host.
   *
   * @throws UserError if there is none, or one is not allowed
   */
  public static List<InetAddress> of(Call call, String host) {
    InetAddress[] found;
    try {
      found = InetAddress.getAllByName(host.replaceAll("^\\[|\\]$", ""));
    } catch (UnknownHostException e) {
      throw new UserError("Could not resolve host: " + host);
    }
    if (call.variable(SETTING).filter("true"::equals).isEmpty()) {
      Optional<InetAddress> inner =
          Arrays.stream(found).filter(RemoteAddresses::isInner).findFirst();
      if (inner.isPresent()) {
        throw new UserError(
            host
                + " ("
                + inner.get().getHostAddress()
                + ") can only be reached from this server itself, so nothing is fetched from it\n"
                + SETTING
                + "=true in /etc/default/dokku allows it");
      }
    }
    return List.of(found);
  }

  static boolean isInner(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || address.getHostAddress().equals(METADATA);
  }
}
