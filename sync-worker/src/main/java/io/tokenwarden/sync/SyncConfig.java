package io.tokenwarden.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tokenwarden.contracts.InsightsLevel;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;

/// What is read of each ad account, and how often.
@ConfigMapping(prefix = "sync")
public interface SyncConfig {
  /// How often today and yesterday are read. Meta refreshes insights about every 15 minutes; more
  /// often costs quota and brings nothing.
  @WithDefault("15m")
  Duration every();

  /// For how long after its end Meta may still restate a day (attribution). All such days are read
  /// once a day; a day is final when it was read after that. Whole days.
  @WithDefault("28d")
  Duration restateWindow();

  /// How many days before its creation a schedule reads at first. Whole days.
  @WithDefault("90d")
  Duration backfill();

  /// How far back Meta gives insights at all: 37 months. A day missed before that is unrecoverable.
  @WithDefault("P37M")
  Period history();

  /// At which levels insights are read; each costs its own calls.
  @WithDefault("account,campaign,ad")
  List<InsightsLevel> levels();

  /// The first day that Meta still gives.
  ///
  /// @param today of the account
  default LocalDate oldestDay(LocalDate today) {
    return today.minus(history());
  }

  /// The first day a schedule wants that is created today.
  default LocalDate firstDay(LocalDate today) {
    return today.minusDays(backfill().toDays());
  }

  /// Refuses values that cannot be meant.
  ///
  /// @throws IllegalStateException if the values contradict each other
  default void check() {
    require(every().compareTo(Duration.ofMinutes(1)) >= 0, "SYNC_EVERY is a minute or more");
    require(restateWindow().toDays() >= 1, "SYNC_RESTATE_WINDOW is a day or more");
    require(!backfill().isNegative(), "SYNC_BACKFILL is not negative");
    require(!levels().isEmpty(), "SYNC_LEVELS names at least one level");
    var anyDay = LocalDate.EPOCH;
    require(
        !firstDay(anyDay).isBefore(oldestDay(anyDay)),
        "SYNC_BACKFILL does not reach back further than SYNC_HISTORY");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalStateException(rule);
    }
  }
}
