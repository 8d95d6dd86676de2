package io.tokenwarden.refresher;

import static org.assertj.core.api.Assertions.assertThat;

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
  }
}
