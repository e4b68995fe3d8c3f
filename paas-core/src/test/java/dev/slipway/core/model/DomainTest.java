package dev.slipway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "_",
        "*",
        "example.com",
        "Example.COM",
        "*.example.com",
        ".foo",
        "www.*",
        "-x",
        "1.2.3.4",
        "localhost",
        "xn--bcher-kva.example",
        "a"
      })
  void acceptsNamesWildcardsAndAddresses(String text) {
    assertThat(Domain.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a_b.com",
        "foo.",
        "a..b",
        "a:80",
        "http://a",
        "::1",
        "b\u00fccher.example",
        "a\\b",
        "a*b.com",
        "*foo",
        "*.",
        "**",
        "*.*",
        "*.a.*",
        ".a.*",
        "..",
        "example.com; include /etc/passwd",
        "a;",
        "a}",
        "a{b",
        "a b",
        "a\nb",
        "a\n",
        "a\t",
        "$host",
        "\"a\"",
        "~^x",
        "a#b",
        "a\u0000b"
      })
  void refusesWhatAProxyCouldMisread(String text) {
    assertThatThrownBy(() -> Domain.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessage(text + " is invalid. exiting...");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 254, 100_000})
  void refusesLabelsAndNamesThatAreTooLong(int length) {
    assertThat(Domain.isValid("a".repeat(length))).isFalse();
    assertThat(Domain.isValid("a.".repeat(length) + "b")).isEqualTo(length * 2 + 1 <= 253);
  }
}
