package dev.slipway.core.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.model.AppName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretValuesTest {
  private static final AppName BLOG = AppName.parse("blog2go");

  @ParameterizedTest
  @CsvSource({
    "SECRET_KEY_BASE, abcdefgh",
    "DB_PASS, dragon",
    "API_KEY, 1234567890",
    "githubToken, ghp_abcDEF123",
    "ANYTHING, hunter2",
    "SENTRY, https://abc123def@sentry.example.com/42",
    "DATABASE_URL, postgres://user:word@db.example.com/app",
    "HOOK, https://hooks.example.com/services/T0AB12/XyZ987",
    "ID, 550e8400-e29b-41d4-a716-446655440000",
    "BUILDPACK_URL, https://me:t0ken99@git.example.com/pack.git",
  })
  void isASecret(String name, String value) {
    assertThat(SecretValues.isSecret(BLOG, name, value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "RAILS_ENV, production",
    "PORT, 5000",
    "API_KEY, short",
    "DEBUG, false",
    "LANG, en_US.UTF-8",
    "TZ, Europe/Berlin",
    "PYTHON_VERSION, 3.11.4",
    "TIMEOUT, 120000ms",
    "PASS_THROUGH, enabled",
    "PUBLIC_DIR, /srv/app/public",
    "NAME, blog2go",
    "HOST, www.blog2go.example.com",
    "URL, https://www.blog2go.example.com:8080/shop",
    "GIT_REV, 0123456789abcdef0123456789abcdef01234567",
    "DOKKU_APP_TYPE, herokuish7x",
    "BASE_IMAGE, slipway/sample-base:bookworm",
    "BUILDPACK_URL, https://github.com/heroku/heroku-buildpack-go2",
  })
  void isNone(String name, String value) {
    assertThat(SecretValues.isSecret(BLOG, name, value)).isFalse();
  }

  @Test
  void thePasswordOfAnAddressCountsByItself() {
    assertThat(
            SecretValues.of(
                BLOG, Map.of("URL", "redis://:passw0rd9@redis.example.com:6379"), false))
        .containsExactlyInAnyOrder("redis://:passw0rd9@redis.example.com:6379", "passw0rd9");
  }

  @Test
  void allMeansAllThatAreLongEnough() {
    assertThat(SecretValues.of(BLOG, Map.of("A", "production", "B", "short"), true))
        .containsExactly("production");
  }

  @Test
  void aHugeValueIsJudgedInNoTime() {
    assertThat(SecretValues.isSecret(BLOG, "ANY", "word ".repeat(300_000))).isTrue();
  }
}
