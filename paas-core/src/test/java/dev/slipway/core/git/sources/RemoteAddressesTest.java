package dev.slipway.core.git.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.testing.RecordedCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteAddressesTest { // A30
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "127.9.9.9",
        "2130706433",
        "0.0.0.0",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "224.0.0.1"
      })
  void whatOnlyThisServerReachesIsRefused(String host) {
    assertThatThrownBy(() -> RemoteAddresses.of(new RecordedCall().call(), host))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("can only be reached from this server itself");
  }

  @Test
  void theLocalNetworkIsAllowedAndTheRestBySetting() {
    assertThat(RemoteAddresses.of(new RecordedCall().call(), "192.168.1.9")).hasSize(1);
    assertThat(
            RemoteAddresses.of(
                new RecordedCall(Map.of("SLIPWAY_FETCH_LOCAL", "true")).call(), "127.0.0.1"))
        .hasSize(1);
  }
}
