package dev.slipway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortMappingTest {
  @ParameterizedTest
  @CsvSource({"http:80:5000", "https:443:65535", "grpc-web:1:1", "h2c:8080:80"})
  void readsAndPrintsMappings(String text) {
    assertThat(PortMapping.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http|[len=1]",
        "http:80|[len=2]",
        "http:80:5000:1|[len=4]",
        "http:x:5000|[err=strconv.Atoi: parsing \"x\": invalid syntax]",
        "http::5000|[err=strconv.Atoi: parsing \"\": invalid syntax]",
        "http:80: 5|[err=strconv.Atoi: parsing \" 5\": invalid syntax]",
        "http:٨٠:5|[err=strconv.Atoi: parsing \"٨٠\": invalid syntax]",
        "http:99999999999999999999:5|[err=strconv.Atoi: parsing \"99999999999999999999\": value out of range]",
        "http:0:5000|[hostPort=0]",
        "http:-1:5000|[hostPort=-1]",
        "http:9999999999:5000|[hostPort=9999999999]",
        "http:65536:5000|[hostPort=65536]",
        "http:80:0|[containerPort=0]",
        "http:80:65536|[containerPort=65536]",
        ":80:5000|[scheme=]",
        "ht tp:80:5000|[scheme=ht tp]",
        "http;}:80:5000|[scheme=http;}]",
      })
  void saysWhatIsWrong(String text, String detail) {
    assertThatThrownBy(() -> PortMapping.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessage("Invalid port map " + text + " " + detail);
  }

  @Test
  void normalisesNumbers() {
    assertThat(PortMapping.parse("http:+080:05000")).hasToString("http:80:5000");
  }

  @Test
  void guardsItsConstructor() {
    assertThatThrownBy(() -> new PortMapping("http", 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PortMapping("a b", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
