package io.tokenwarden.twin.insights;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// What was delivered. All parts are whole numbers, so sums are exact; `cents` are hundredths of
/// the account's currency.
public record Metrics(long cents, long impressions, long clicks, long reach, long purchases) {

  static final Metrics NONE = new Metrics(0, 0, 0, 0, 0);

  Metrics plus(Metrics other) {
    return new Metrics(
        cents + other.cents,
        impressions + other.impressions,
        clicks + other.clicks,
        reach + other.reach,
        purchases + other.purchases);
  }

  boolean isNothing() {
    return impressions == 0;
  }

  /// The amount spent, with two decimals.
  public BigDecimal spend() {
    return BigDecimal.valueOf(cents, 2);
  }

  public BigDecimal clickRate() {
    return ratio(clicks * 100, impressions);
  }

  public BigDecimal costPerClick() {
    return ratio(cents, clicks * 100);
  }

  public BigDecimal costPerThousand() {
    return ratio(cents * 10, impressions);
  }

  public BigDecimal frequency() {
    return ratio(impressions, reach);
  }

  private static BigDecimal ratio(long numerator, long denominator) {
    return denominator == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(numerator)
            .divide(BigDecimal.valueOf(denominator), 6, RoundingMode.HALF_UP);
  }
}
