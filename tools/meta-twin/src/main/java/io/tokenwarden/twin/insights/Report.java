package io.tokenwarden.twin.insights;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import java.util.List;
import java.util.stream.Stream;

/// The rows of an account. Each level is the exact sum of the one below, and what delivered nothing
/// has no row.
public final class Report {

  private final AdAccount account;

  /// What the rows are about; null for all of the account.
  private final String subject;

  public Report(AdAccount account) {
    this(account, null);
  }

  private Report(AdAccount account, String subject) {
    this.account = account;
    this.subject = subject;
  }

  /// The report on one campaign, ad set or ad of the account.
  public Report within(String id) {
    return new Report(account, id);
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
    var campaigns = account.campaigns().stream().filter(this::isWanted);
    return switch (level) {
      case ACCOUNT ->
          Stream.of(new Subject(null, null, null, campaigns.flatMap(this::ads).toList()));
      case CAMPAIGN -> campaigns.map(c -> new Subject(c, null, null, ads(c).toList()));
      case ADSET -> campaigns.map(c -> new Subject(c, c.adSet(), null, ads(c).toList()));
      case AD ->
          campaigns.flatMap(c -> ads(c).map(ad -> new Subject(c, c.adSet(), ad, List.of(ad))));
    };
  }

  private boolean isWanted(Campaign campaign) {
    return subject == null || campaign.holds(subject);
  }

  private Stream<Campaign.Ad> ads(Campaign campaign) {
    var one = campaign.ads().stream().filter(ad -> ad.id().equals(subject)).findFirst();
    return one.map(Stream::of).orElseGet(() -> campaign.ads().stream());
  }

  /// What a row is about, and the ads it sums up.
  private record Subject(
      Campaign campaign, Campaign.Ad adSet, Campaign.Ad ad, List<Campaign.Ad> ads) {}
}
