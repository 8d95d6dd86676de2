package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What `docs/configuration.md` promises where nothing is set.
class VerdictConfigTest {
  private final VerdictConfig config =
      new SmallRyeConfigBuilder()
          .addDiscoveredConverters()
          .withMapping(VerdictConfig.class)
          .build()
          .getConfigMapping(VerdictConfig.class);

  @Test
  void aPersonIsWaitedForByTheQuarterOfAnHour() {
    assertThat(config.askAgainEvery()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aBlockedAppIsAskedAboutEveryMinute() {
    assertThat(config.askAboutAppEvery()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void writesAreHeldBackForAnHour() {
    assertThat(config.blockLasts()).isEqualTo(Duration.ofHours(1));
  }
}
