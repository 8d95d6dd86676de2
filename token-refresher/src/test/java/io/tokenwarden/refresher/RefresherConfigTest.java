package io.tokenwarden.refresher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefresherConfigTest {

  @Test
  void hasTheDocumentedDefaults() {
    // when
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(RefresherConfig.class)
            .build()
            .getConfigMapping(RefresherConfig.class);

    // then
    assertThat(config.accessCheckEvery()).isEqualTo(Duration.ofHours(12));
    assertThat(config.scanEvery()).isEqualTo(Duration.ofHours(12));
    assertThat(config.window()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void refusesTimesThatLeaveTokensToEnd() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ConfigCheck.mustFit(Duration.ofHours(12), Duration.ofHours(12)))
        .withMessageContaining("REFRESHER_WINDOW");
    assertThatIllegalStateException()
        .isThrownBy(() -> ConfigCheck.mustFit(Duration.ofDays(60), Duration.ofHours(12)))
        .withMessageContaining("59d");
    assertThatIllegalStateException()
        .isThrownBy(() -> ConfigCheck.mustBePositive("REFRESHER_SCAN_EVERY", Duration.ZERO))
        .withMessageContaining("REFRESHER_SCAN_EVERY");
    assertThatNoException()
        .isThrownBy(() -> ConfigCheck.mustFit(Duration.ofDays(7), Duration.ofHours(12)));
  }

  @Test
  void refusesToGiveUpBeforeAuthServiceDoes() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ConfigCheck.mustOutlast(Duration.ofSeconds(110), Duration.ofSeconds(40)))
        .withMessageContaining("META_CALL_TIMEOUT");
    assertThatNoException()
        .isThrownBy(() -> ConfigCheck.mustOutlast(Duration.ofSeconds(110), Duration.ofSeconds(10)));
  }
}
