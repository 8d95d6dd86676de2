package io.tokenwarden.twin.graph;

import io.tokenwarden.twin.limits.Quota;
import io.tokenwarden.twin.limits.Reading;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Counts calls of the past hour and says so in Meta's usage headers, where no limit is set that
/// says how full a quota is. It only tells; [io.tokenwarden.twin.limits.Limits] turns away.
@Singleton
final class Usage {

  private static final long APP_CALLS_AN_HOUR = 100_000;
  private static final long MANAGEMENT_CALLS_AN_HOUR = 100_000;
  private static final long INSIGHTS_CALLS_AN_HOUR = 190_000;

  private final Clock clock;
  private final Map<String, HourlyCount> counts = new ConcurrentHashMap<>();

  @Inject
  Usage(Clock clock) {
    this.clock = clock;
  }

  /// Counts the call and returns the headers of its answer. Calls to ad accounts are told the usage
  /// of the account and its use case, all others that of app and person together.
  ///
  /// @param readings how full the limited ones are
  Map<String, String> count(List<Quota> quotas, Map<Quota, Reading> readings) {
    return quotas.stream()
        .flatMap(quota -> quota instanceof Quota.OfAccount it ? Stream.of(it) : Stream.empty())
        .findFirst()
        .map(account -> ofAccount(account, Optional.ofNullable(readings.get(account))))
        .orElseGet(() -> ofApp(quotas, readings));
  }

  private Map<String, String> ofApp(List<Quota> quotas, Map<Quota, Reading> readings) {
    var counted =
        quotas.stream()
            .filter(Quota.OfApp.class::isInstance)
            .mapToLong(quota -> percent(quota.label(), APP_CALLS_AN_HOUR))
            .max()
            .orElse(0);
    var limited = readings.values().stream().mapToLong(Reading::percent).max();
    return Map.of("X-App-Usage", usage(limited.orElse(counted)));
  }

  private Map<String, String> ofAccount(Quota.OfAccount quota, Optional<Reading> limited) {
    return switch (quota.useCase()) {
      case ADS_INSIGHTS -> insights(quota, reading(quota, limited, INSIGHTS_CALLS_AN_HOUR));
      case ADS_MANAGEMENT -> management(quota, reading(quota, limited, MANAGEMENT_CALLS_AN_HOUR));
    };
  }

  private Reading reading(Quota quota, Optional<Reading> limited, long callsAnHour) {
    var counted = Math.toIntExact(percent(quota.label(), callsAnHour));
    return limited.orElseGet(() -> new Reading(counted, Duration.ZERO));
  }

  private Map<String, String> insights(Quota.OfAccount quota, Reading reading) {
    var ofApp = percent("insights:" + quota.app(), INSIGHTS_CALLS_AN_HOUR);
    return Map.of(
        "X-Business-Use-Case-Usage",
        useCase(quota, reading),
        "X-FB-Ads-Insights-Throttle",
        "{\"app_id_util_pct\":%d,\"acc_id_util_pct\":%d,\"ads_api_access_tier\":\"standard_access\"}"
            .formatted(ofApp, reading.percent()));
  }

  private static Map<String, String> management(Quota.OfAccount quota, Reading reading) {
    return Map.of(
        "X-Business-Use-Case-Usage",
        useCase(quota, reading),
        "X-Ad-Account-Usage",
        "{\"acc_id_util_pct\":%d.0,\"reset_time_duration\":%d,\"ads_api_access_tier\":\"standard_access\"}"
            .formatted(reading.percent(), reading.regain().toSeconds()));
  }

  private static String useCase(Quota.OfAccount quota, Reading reading) {
    return "{\"%s\":[{\"type\":\"%s\",\"call_count\":%3$d,\"total_cputime\":%3$d,\"total_time\":%3$d,\"estimated_time_to_regain_access\":%4$d,\"ads_api_access_tier\":\"standard_access\"}]}"
        .formatted(
            quota.account(),
            quota.useCase().type(),
            reading.percent(),
            reading.regain().toMinutes());
  }

  private static String usage(long percent) {
    return "{\"call_count\":%d,\"total_time\":%d,\"total_cputime\":%d}"
        .formatted(percent, percent, percent);
  }

  private long percent(String scope, long limit) {
    var minute = clock.instant().getEpochSecond() / 60;
    var calls = counts.computeIfAbsent(scope, _ -> new HourlyCount()).add(minute);
    return Math.ceilDiv(calls * 100, limit);
  }

  /// Calls in each of the latest sixty minutes.
  private static final class HourlyCount {

    private static final int MINUTES = 60;

    private final long[] counts = new long[MINUTES];
    private final long[] minutes = new long[MINUTES];

    synchronized long add(long minute) {
      var slot = Math.floorMod(minute, MINUTES);
      if (minutes[slot] != minute) {
        minutes[slot] = minute;
        counts[slot] = 0;
      }
      counts[slot]++;
      return total(minute);
    }

    private long total(long minute) {
      long total = 0;
      for (var slot = 0; slot < MINUTES; slot++) {
        total += minute - minutes[slot] < MINUTES ? counts[slot] : 0;
      }
      return total;
    }
  }
}
