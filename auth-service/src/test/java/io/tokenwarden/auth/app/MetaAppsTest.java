package io.tokenwarden.auth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tokenwarden.auth.meta.MetaConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetaAppsTest {
  @Test
  void knowsTheManagedAppByItsId() {
    // given
    var apps =
        new MetaApps(config(Map.of("meta.app-id", "12", "meta.app-secret", "not-secret")), null);

    // then
    assertThat(apps.managed()).isPresent();
    assertThat(apps.find("12").await().indefinitely()).isEqualTo(apps.managed());
    assertThat(apps.find("not digits").await().indefinitely()).isEmpty();
  }

  @Test
  void startsWithoutAManagedApp() {
    assertThat(new MetaApps(config(Map.of()), null).managed()).isEmpty();
  }

  @Test
  void refusesAnAppIdWithoutItsSecretAndTheOtherWayRound() {
    assertThatThrownBy(() -> new MetaApps(config(Map.of("meta.app-id", "12")), null))
        .hasMessageContaining("go together");
    assertThatThrownBy(() -> new MetaApps(config(Map.of("meta.app-secret", "not-secret")), null))
        .hasMessageContaining("go together");
  }

  private static MetaConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withMapping(MetaConfig.class)
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .build()
        .getConfigMapping(MetaConfig.class);
  }
}
