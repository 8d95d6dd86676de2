package io.tokenwarden.twin.insights;

import io.tokenwarden.twin.world.AdAccount;
import io.tokenwarden.twin.world.Campaign;
import java.time.LocalDate;

/// What one ad delivered on one day of its account: a pure function of account, ad and day. It
/// never changes, not within the day and not through a restart. Some ads rest for a day; about
/// every ninth day the whole account rests.
final class Delivery {

  private Delivery() {}

  static Metrics of(AdAccount account, Campaign.Ad ad, LocalDate day) {
    var accountSeed = mixed(Long.parseLong(account.id()) * 31 + day.toEpochDay());
    if (Long.remainderUnsigned(accountSeed, 9) == 0) {
      return Metrics.NONE;
    }
    var numbers = new Numbers(mixed(accountSeed ^ Long.parseLong(ad.id())));
    if (numbers.between(1, 6) == 1) {
      return Metrics.NONE;
    }
    var impressions = numbers.between(200, 9_000);
    var centsPerThousand = numbers.between(350, 2_400);
    var clicks = impressions * numbers.between(4, 45) / 1_000;
    return new Metrics(
        impressions * centsPerThousand / 1_000,
        impressions,
        clicks,
        impressions * numbers.between(55, 96) / 100,
        clicks * numbers.between(0, 12) / 100);
  }

  /// The finalizer of SplitMix64: neighbouring inputs give unrelated outputs.
  private static long mixed(long value) {
    var z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// A sequence of numbers that depends on its seed alone.
  private static final class Numbers {

    private long seed;

    Numbers(long seed) {
      this.seed = seed;
    }

    long between(long low, long high) {
      seed = mixed(seed);
      return low + Long.remainderUnsigned(seed, high - low);
    }
  }
}
