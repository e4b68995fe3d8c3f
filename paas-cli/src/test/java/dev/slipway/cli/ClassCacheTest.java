package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassCacheTest {
  private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:AOTCache=/p/slipway.aot");

  @Test
  void isUsedWhereTheFileIsMapped() {
    assertThat(
            ClassCache.state(
                FLAGS, Stream.of("7f00-7f01 rw-p 00000000 fe:00 4711       /p/slipway.aot")))
        .isEqualTo(ClassCache.USED);
  }

  @Test
  void isRefusedWhereItIsNamedAndNotMapped() {
    assertThat(
            ClassCache.state(FLAGS, Stream.of("7f00-7f01 r-xp 00000000 fe:00 12  /lib/libc.so.6")))
        .isEqualTo(ClassCache.REFUSED);
  }

  @Test
  void isNoneWhereNoneIsNamed() {
    assertThat(ClassCache.state(List.of("-Xmx256m"), Stream.of())).isEqualTo(ClassCache.NONE);
  }
}
