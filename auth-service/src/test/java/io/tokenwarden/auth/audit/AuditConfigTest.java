package io.tokenwarden.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuditConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    // when
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AuditConfig.class)
            .build()
            .getConfigMapping(AuditConfig.class);

    // then
    assertThat(config.publishEvery()).isEqualTo(Duration.ofHours(1));
    assertThat(config.refusals().inFull()).isEqualTo(100);
    assertThat(config.refusals().window()).isEqualTo(Duration.ofMinutes(1));
  }
}
