package dev.slipway.builder.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DockerClientTest {
  @Test
  void readsTheVersionOfAClient() {
    assertThat(DockerClient.major("Docker version 20.10.24+dfsg1, build 297e128")).isEqualTo(20);
    assertThat(DockerClient.major("Docker version 28.2.2, build e6534b4")).isEqualTo(28);
    assertThat(DockerClient.major("podman")).isEqualTo(23);
  }
}
