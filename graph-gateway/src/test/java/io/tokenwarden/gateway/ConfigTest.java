package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  @Test
  void speaksToMetaAndIsFoundOnThisMachineUnlessToldOtherwise() {
    SmallRyeConfig config = config(Map.of("quarkus.http.port", "8082"));

    assertThat(config.getConfigMapping(MetaConfig.class).graphUrl())
        .isEqualTo(URI.create("https://graph.facebook.com"));
    assertThat(config.getConfigMapping(MetaConfig.class).graphVersion()).isEqualTo("v25.0");
    assertThat(config.getConfigMapping(GatewayConfig.class).url())
        .isEqualTo(URI.create("http://localhost:8082"));
  }

  @Test
  void isToldByTheEnvironmentVariablesOfTheDocumentation() {
    SmallRyeConfig config =
        config(
            Map.of(
                "META_GRAPH_URL", "http://localhost:8091",
                "META_GRAPH_VERSION", "v26.0",
                "TOKENWARDEN_GATEWAY_URL", "https://graph.example.test"));

    assertThat(config.getConfigMapping(MetaConfig.class).graphUrl())
        .isEqualTo(URI.create("http://localhost:8091"));
    assertThat(config.getConfigMapping(MetaConfig.class).graphVersion()).isEqualTo("v26.0");
    assertThat(config.getConfigMapping(GatewayConfig.class).url())
        .isEqualTo(URI.create("https://graph.example.test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://graph.example",
        "graph.example",
        "https:///v25.0",
        "https://a.example/?x=1",
        "https://a.example/#x",
        "https://me@a.example"
      })
  void refusesAddressesNothingCouldComeOf(String address) {
    assertThatThrownBy(() -> ConfigCheck.mustBeAnAddress("META_GRAPH_URL", URI.create(address)))
        .hasMessageStartingWith("META_GRAPH_URL must be");
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new EnvConfigSource(values, 300))
        .withSources(new PropertiesConfigSource(values, "given", 200))
        .withMapping(MetaConfig.class)
        .withMapping(GatewayConfig.class)
        .build();
  }
}
