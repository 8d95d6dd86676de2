package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tokenwarden.gateway.quota.QuotaRules.Rule;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.UseCase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaRulesTest {

  private static final QuotaRules RULES =
      QuotaRules.parse(
          "account:1:7:ads_insights=5/10s; account:1:*:ads_insights=600/1h,shadow;app:*=200/1h");

  @Test
  void takesTheFirstThatMatches() {
    assertThat(RULES.of(QuotaScope.ofAccount("1", "7", UseCase.ADS_INSIGHTS)))
        .isEqualTo(new Rule(5L, Duration.ofSeconds(10), false));
    assertThat(RULES.of(QuotaScope.ofAccount("1", "8", UseCase.ADS_INSIGHTS)))
        .isEqualTo(new Rule(600L, Duration.ofHours(1), true));
    assertThat(RULES.of(QuotaScope.ofApp("9")))
        .isEqualTo(new Rule(200L, Duration.ofHours(1), false));
  }

  @Test
  void knowsNoLimitOfWhatNoneMatches() {
    assertThat(RULES.of(QuotaScope.ofUser("1", "7")).calls()).isNull();
    assertThat(RULES.of(QuotaScope.ofAccount("1", "8", UseCase.ADS_MANAGEMENT)).calls()).isNull();
    assertThat(RULES.of(QuotaScope.ofAccount("2", "7", UseCase.ADS_INSIGHTS)).calls()).isNull();
    assertThat(QuotaRules.parse("").of(QuotaScope.ofApp("9")).window())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void keepsATwentiethOfWhatAuthServiceUsesTooForIt() {
    assertThat(QuotaRules.forData(QuotaScope.ofApp("1"), 200)).isEqualTo(190);
    assertThat(QuotaRules.forData(QuotaScope.ofUser("1", "7"), 10)).isEqualTo(9);
    assertThat(QuotaRules.forData(QuotaScope.ofUser("1", "7"), 1)).isEqualTo(1);
    assertThat(QuotaRules.forData(QuotaScope.ofAccount("1", "7", null), 200)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app:*",
        "app:*=200",
        "app:*=200/h",
        "app:*=200/1w",
        "app:*=-1/1h",
        "app:*=0/1h",
        "app:*=1/0s",
        "app:*=1/1h,dark",
        "=1/1h"
      })
  void refusesToStartWithWhatIsNoLimit(String quotas) {
    assertThatThrownBy(() -> QuotaConfigCheck.check(config(0.8, quotas)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("GATEWAY_QUOTAS: ")
        .hasMessageEndingWith(quotas);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void refusesToStartWithAShareThatIsNone(double throttleAt) {
    assertThatThrownBy(() -> QuotaConfigCheck.check(config(throttleAt, "")))
        .hasMessageStartingWith("GATEWAY_THROTTLE_AT must be");
  }

  @Test
  void knowsNoLimitAndSlowsDownAtFourFifthsUnlessTold() {
    SmallRyeConfig usual = new SmallRyeConfigBuilder().withMapping(QuotaConfig.class).build();
    SmallRyeConfig told =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new EnvConfigSource(
                    Map.of("GATEWAY_QUOTAS", "app:*=1/1h", "GATEWAY_THROTTLE_AT", "0.5"), 300))
            .withMapping(QuotaConfig.class)
            .build();

    assertThat(usual.getConfigMapping(QuotaConfig.class))
        .returns(0.8, QuotaConfig::throttleAt)
        .returns(Optional.empty(), QuotaConfig::quotas);
    assertThat(told.getConfigMapping(QuotaConfig.class))
        .returns(0.5, QuotaConfig::throttleAt)
        .returns(Optional.of("app:*=1/1h"), QuotaConfig::quotas);
  }

  private static QuotaConfig config(double throttleAt, String quotas) {
    return new QuotaConfig() {
      @Override
      public double throttleAt() {
        return throttleAt;
      }

      @Override
      public Optional<String> quotas() {
        return Optional.of(quotas);
      }
    };
  }
}
