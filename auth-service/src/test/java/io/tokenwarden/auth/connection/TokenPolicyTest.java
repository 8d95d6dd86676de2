package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenPolicyTest {

  /// What `docs/configuration.md` promises where nothing is set.
  @Test
  void aTokenThatNeverEndsIsReplacedAfterNinetyDays() {
    // when
    var policy =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(TokenPolicy.class)
            .build()
            .getConfigMapping(TokenPolicy.class);

    // then
    assertThat(policy.rotateAfter()).isEqualTo(Duration.ofDays(90));
  }
}
