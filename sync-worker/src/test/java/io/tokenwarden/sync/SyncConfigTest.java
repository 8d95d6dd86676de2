package io.tokenwarden.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tokenwarden.contracts.InsightsLevel;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncConfigTest {

  @Test
  void hasTheDocumentedDefaults() {
    // when
    var config = config(Map.of());

    // then
    assertThat(config.every()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.restateWindow()).isEqualTo(Duration.ofDays(28));
    assertThat(config.backfill()).isEqualTo(Duration.ofDays(90));
    assertThat(config.history()).isEqualTo(Period.ofMonths(37));
    assertThat(config.levels())
        .containsExactly(InsightsLevel.ACCOUNT, InsightsLevel.CAMPAIGN, InsightsLevel.AD);
    assertThatCode(config::check).doesNotThrowAnyException();
  }

  @Test
  void countsDaysBackFromTheAccountsToday() {
    // given
    var today = LocalDate.of(2026, 11, 21);

    // when
    var config = config(Map.of("sync.backfill", "7d"));

    // then
    assertThat(config.firstDay(today)).isEqualTo("2026-11-14");
    assertThat(config.oldestDay(today)).isEqualTo("2023-10-21");
  }

  @Test
  void refusesABackfillBeyondWhatMetaKeeps() {
    // given
    var config = config(Map.of("sync.backfill", "90d", "sync.history", "P2M"));

    // then
    assertThatThrownBy(config::check).hasMessageContaining("SYNC_BACKFILL");
  }

  @Test
  void refusesToReadMoreOftenThanOnceAMinute() {
    // given
    var config = config(Map.of("sync.every", "10s"));

    // then
    assertThatThrownBy(config::check).hasMessageContaining("SYNC_EVERY");
  }

  @Test
  void passesOverVariablesItDoesNotKnow() {
    // when
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withSources(
                new EnvConfigSource(Map.of("SYNC_STANDBY", "on", "SYNC_LEVELS", "account"), 300))
            .withMapping(SyncConfig.class)
            .build()
            .getConfigMapping(SyncConfig.class);

    // then
    assertThat(config.levels()).containsExactly(InsightsLevel.ACCOUNT);
  }

  private static SyncConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(SyncConfig.class)
        .build()
        .getConfigMapping(SyncConfig.class);
  }
}
