package io.tokenwarden.graph.quota;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a usage header says, what is read of it is within measure: quotas are closed and opened
/// by it.
class UsageHeadersFuzzTest {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final List<String> NAMES =
      List.of(
          "X-App-Usage",
          "X-Page-Usage",
          "X-Ad-Account-Usage",
          "X-FB-Ads-Insights-Throttle",
          "X-Business-Use-Case-Usage");

  static Stream<byte[]> values() {
    return Stream.of(
            "{\"call_count\":28,\"total_time\":25,\"total_cputime\":25}",
            "{\"acc_id_util_pct\":9.67,\"reset_time_duration\":100,\"ads_api_access_tier\":\"standard_access\"}",
            "{\"app_id_util_pct\":100,\"acc_id_util_pct\":10,\"ads_api_access_tier\":\"development_access\"}",
            """
            {"1234567890":[{"type":"ads_insights","call_count":1,"total_cputime":2,"total_time":3,\
            "estimated_time_to_regain_access":4,"ads_api_access_tier":"standard_access"},\
            {"type":"ads_management","call_count":100}],"act_5":[]}\
            """,
            "{\"call_count\":1e999,\"total_time\":-1,\"total_cputime\":null,\"call_count\":\"7\"}",
            "{\"call_count\":-0,\"total_time\":-0e9,\"total_cputime\":-0.0}",
            "[[[[{\"call_count\":")
        .map(value -> value.getBytes(UTF_8));
  }

  /// @param value what every one of the headers says
  @MethodSource("values")
  @FuzzTest(maxDuration = "3h", maxExecutions = 1_000_000)
  void whateverTheySayIsReadWithinMeasure(byte[] value) {
    // given
    var said = new String(value, UTF_8);
    var headers = NAMES.stream().map(name -> Map.entry(name, said)).toList();

    // when
    var usages = UsageHeaders.parse(headers);

    // then
    assertThat(usages).isEqualTo(UsageHeaders.parse(headers.reversed()));
    for (var usage : usages) {
      assertThat(usage.calls()).isBetween(0.0, UsageHeaders.HIGHEST_PERCENT);
      assertThat(usage.time()).isBetween(0.0, UsageHeaders.HIGHEST_PERCENT);
      assertThat(usage.cpuTime()).isBetween(0.0, UsageHeaders.HIGHEST_PERCENT);
      assertThat(usage.regain()).isBetween(Duration.ZERO, A_DAY);
      assertThat(usage.reset()).isBetween(Duration.ZERO, A_DAY);
      assertThat(usage.id()).matches("\\d{0,30}");
    }
  }
}
