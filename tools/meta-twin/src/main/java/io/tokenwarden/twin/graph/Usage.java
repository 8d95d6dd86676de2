package io.tokenwarden.twin.graph;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts calls of the past hour and says so in Meta's usage headers. It only tells; nobody is
/// turned away.
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

  /// Counts the call and returns the headers of its answer. Calls to ad accounts count for the
  /// account and its use case, all others for the app.
  Map<String, String> count(GraphRequest request) {
    return request
        .adAccount()
        .map(account ->
            request.segments().getLast().equals("insights")
                ? insights(account)
                : management(account))
        .orElseGet(() -> Map.of("X-App-Usage", usage(percent("app", APP_CALLS_AN_HOUR))));
  }

  private Map<String, String> insights(String account) {
    var percent = percent("ads_insights:" + account, INSIGHTS_CALLS_AN_HOUR);
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Business-Use-Case-Usage", useCase(account, "ads_insights", percent));
    headers.put(
        "X-FB-Ads-Insights-Throttle",
        "{\"app_id_util_pct\":%d,\"acc_id_util_pct\":%d,\"ads_api_access_tier\":\"standard_access\"}"
            .formatted(percent("insights", INSIGHTS_CALLS_AN_HOUR), percent));
    return headers;
  }

  private Map<String, String> management(String account) {
    var percent = percent("ads_management:" + account, MANAGEMENT_CALLS_AN_HOUR);
    return Map.of(
        "X-Business-Use-Case-Usage",
        useCase(account, "ads_management", percent),
        "X-Ad-Account-Usage",
        "{\"acc_id_util_pct\":%d.0,\"reset_time_duration\":0,\"ads_api_access_tier\":\"standard_access\"}"
            .formatted(percent));
  }

  private static String useCase(String account, String type, long percent) {
    return "{\"%s\":[{\"type\":\"%s\",\"call_count\":%d,\"total_cputime\":%d,\"total_time\":%d,\"estimated_time_to_regain_access\":0,\"ads_api_access_tier\":\"standard_access\"}]}"
        .formatted(account, type, percent, percent, percent);
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
