package io.tokenwarden.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifierConfigTest {
  @Test
  void speaksEnglishAndTrustsNobodyUnlessTold() {
    var config = config(Map.of("notifier.public-url", "https://ads.example.com"));
    assertThat(config.locale()).isEqualTo(Locale.ENGLISH);
    assertThat(config.localSignIn()).isFalse();
  }

  @Test
  void refusesToStartWithoutAnAddressForItsLinks() {
    assertThatThrownBy(() -> config(Map.of())).hasMessageContaining("notifier.public-url");
  }

  private static NotifierConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withDefaultValues(values)
        .withMapping(NotifierConfig.class)
        .build()
        .getConfigMapping(NotifierConfig.class);
  }
}
