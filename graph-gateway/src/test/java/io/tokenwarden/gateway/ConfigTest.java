package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tokenwarden.gateway.retry.RetryConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  private static final String PORT = "quarkus.http.port";

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

  @Test
  void letsNeitherMetaNorACallerTieUpMoreThanItShould() {
    SmallRyeConfig usual = config(Map.of("quarkus.http.port", "8082"));
    SmallRyeConfig told =
        config(
            Map.of(
                "quarkus.http.port", "8082",
                "GATEWAY_UPSTREAM_CONNECTIONS", "5",
                "GATEWAY_UPSTREAM_QUEUE", "6",
                "GATEWAY_UPSTREAM_SILENCE", "7s",
                "GATEWAY_CALLER_SILENCE", "8s"));

    assertThat(usual.getConfigMapping(UpstreamConfig.class))
        .returns(512, UpstreamConfig::connections)
        .returns(2000, UpstreamConfig::queue)
        .returns(Duration.ofSeconds(30), UpstreamConfig::silence);
    assertThat(usual.getConfigMapping(CallerConfig.class).silence())
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(told.getConfigMapping(UpstreamConfig.class))
        .returns(5, UpstreamConfig::connections)
        .returns(6, UpstreamConfig::queue)
        .returns(Duration.ofSeconds(7), UpstreamConfig::silence);
    assertThat(told.getConfigMapping(CallerConfig.class).silence())
        .isEqualTo(Duration.ofSeconds(8));
    assertThatThrownBy(() -> ConfigCheck.mustBePositive("GATEWAY_UPSTREAM_QUEUE", 0))
        .hasMessageStartingWith("GATEWAY_UPSTREAM_QUEUE must be");
  }

  @Test
  void repeatsATenthOfItsCallsUnlessToldOtherwise() {
    SmallRyeConfig usual = config(Map.of(PORT, "8082"));
    SmallRyeConfig told =
        config(Map.of(PORT, "8082", "GATEWAY_RETRIES_SHARE", "0", "GATEWAY_RETRIES_AT_LEAST", "3"));

    assertThat(usual.getConfigMapping(RetryConfig.class))
        .returns(0.1, RetryConfig::share)
        .returns(10, RetryConfig::atLeast);
    assertThat(told.getConfigMapping(RetryConfig.class))
        .returns(0.0, RetryConfig::share)
        .returns(3, RetryConfig::atLeast);
  }

  @Test
  void videosGoWhereTheRestGoesUnlessThatIsMetaItself() {
    var usual = config(Map.of(PORT, "8082"));
    var elsewhere = config(Map.of(PORT, "8082", "META_GRAPH_URL", "http://localhost:9000"));
    var told =
        config(
            Map.of(
                PORT,
                "8082",
                "META_GRAPH_URL",
                "http://localhost:9000",
                "META_GRAPH_VIDEO_URL",
                "http://localhost:9001"));

    assertThat(usual.getConfigMapping(MetaConfig.class).videoUrl())
        .isEqualTo(URI.create("https://graph-video.facebook.com"));
    assertThat(elsewhere.getConfigMapping(MetaConfig.class).videoUrl())
        .isEqualTo(URI.create("http://localhost:9000"));
    assertThat(told.getConfigMapping(MetaConfig.class).videoUrl())
        .isEqualTo(URI.create("http://localhost:9001"));
  }

  @Test
  void knowsHowMuchUploadsMayTieUp() {
    var told =
        config(
            Map.of(
                PORT,
                "8082",
                "GATEWAY_UPLOAD_LIMIT",
                "1M",
                "GATEWAY_UPLOAD_DISK",
                "2M",
                "GATEWAY_UPLOAD_FOLDER",
                "/spool"));

    assertThat(told.getConfigMapping(UploadConfig.class))
        .returns(1L << 20, config -> config.limit().asLongValue())
        .returns(2L << 20, config -> config.disk().asLongValue())
        .returns(Optional.of(Path.of("/spool")), UploadConfig::folder);
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
        .withConverter(Duration.class, 100, new DurationConverter())
        .withMapping(MetaConfig.class)
        .withMapping(GatewayConfig.class)
        .withMapping(UpstreamConfig.class)
        .withMapping(CallerConfig.class)
        .withMapping(UploadConfig.class)
        .withMapping(RetryConfig.class)
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .build();
  }
}
