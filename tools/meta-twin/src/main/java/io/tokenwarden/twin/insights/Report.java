package io.tokenwarden.twin.insights;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import java.util.List;
import java.util.stream.Stream;

/// The rows of an account. Each level is the exact sum of the one below, and what delivered nothing
/// has no row.
public final class Report {

  private final AdAccount account;

  public Report(AdAccount account) {
    this.account = account;
  }

  /// One row per thing and period, period by period.
  public List<Row> rows(Level level, List<Days> periods) {
    return periods.stream()
        .flatMap(days -> subjects(level).map(subject -> row(subject, days)))
        .filter(row -> !row.metrics().isNothing())
        .toList();
  }

  private Row row(Subject subject, Days days) {
    var metrics =
        subject.ads().stream()
            .flatMap(ad -> days.each().map(day -> Delivery.of(account, ad, day)))
            .reduce(Metrics.NONE, Metrics::plus);
    return new Row(account, subject.campaign(), subject.adSet(), subject.ad(), days, metrics);
  }

  private Stream<Subject> subjects(Level level) {
    var campaigns = account.campaigns().stream();
    return switch (level) {
      case ACCOUNT ->
          Stream.of(
              new Subject(null, null, null, campaigns.flatMap(c -> c.ads().stream()).toList()));
      case CAMPAIGN -> campaigns.map(c -> new Subject(c, null, null, c.ads()));
      case ADSET -> campaigns.map(c -> new Subject(c, c.adSet(), null, c.ads()));
      case AD ->
          campaigns.flatMap(
              c -> c.ads().stream().map(ad -> new Subject(c, c.adSet(), ad, List.of(ad))));
    };
  }

  /// What a row is about, and the ads it sums up.
  private record Subject(
      Campaign campaign, Campaign.Ad adSet, Campaign.Ad ad, List<Campaign.Ad> ads) {}
}
