package io.tokenwarden.graph.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// For how long nobody uses a quota that is used up: the longest of
///
/// - the ladder, 5, 15 and then 45 seconds, one rung per strike;
/// - the time in which Meta says that access is regained;
/// - the time in which Meta says that its figures are back to 0;
/// - if the call was turned away, the length of Meta's block.
///
/// Calls that Meta refuses count too and prolong the block: so nobody tries sooner. A quota that a
/// header calls used up is held before Meta turns anybody away.
///
/// Then it is used at half the rate for as long again, an hour at most. A strike follows the one
/// before unless an hour lies between the end of the hold and the call.
///
/// | block | length |
/// |---|---|
/// | the score of an ad account | 300 s, or 60 s for an app with standard access; if the access is not known, the longer one |
/// | the app, a user, a use case, new ads | Meta names none: as long, because trying prolongs it |
/// | the budget of an ad set | an hour |
/// | the spending limit of an account | a day |
/// | changes by the second | none |
///
/// See [Marketing API rate
/// limiting](https://developers.facebook.com/docs/marketing-api/overview/rate-limiting).
public final class HoldRule {

  private static final List<Duration> LADDER =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45));

  /// Meta's window: what was counted an hour ago is forgotten.
  private static final Duration WINDOW = Duration.ofHours(1);

  private HoldRule() {}

  /// The hold after an answer. It never ends sooner than the hold before, and is the same if the
  /// answer does not call the quota used up.
  ///
  /// @param before the hold so far; [Hold#NONE] for a quota never heard of
  public static Hold after(Hold before, QuotaSign sign) {
    return sign.exhausted() ? stricter(before, sign) : before;
  }

  private static Hold stricter(Hold before, QuotaSign sign) {
    var strikes = strikes(before, sign.asked());
    var length = length(strikes, sign);
    var until = sign.answered().plus(length);
    var free = until.plus(Collections.min(List.of(length, WINDOW)));
    var longest = before.stricter(new Hold(strikes, until, free));
    return new Hold(strikes, longest.until(), longest.free());
  }

  /// Of calls that left before the hold was over, none is a strike of its own: many may be under
  /// way at once.
  private static int strikes(Hold before, Instant asked) {
    if (asked.isBefore(before.until())) {
      return Math.max(1, before.strikes());
    }
    return asked.isBefore(before.until().plus(WINDOW)) ? before.strikes() + 1 : 1;
  }

  private static Duration length(int strikes, QuotaSign sign) {
    var told = sign.usages().stream().flatMap(usage -> Stream.of(usage.regain(), usage.reset()));
    return Stream.concat(told, Stream.of(rung(strikes), block(sign)))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Duration rung(int strikes) {
    return LADDER.get(Math.min(strikes, LADDER.size()) - 1);
  }

  private static Duration block(QuotaSign sign) {
    return switch (sign.throttle()) {
      case null -> Duration.ZERO;
      case Throttle(var kind, _) ->
          switch (kind) {
            case APP, USER, ACCOUNT, AD_CREATION -> tier(sign).block();
            case CHANGES -> Duration.ZERO;
            case BUDGET -> Duration.ofHours(1);
            case SPENDING_LIMIT -> Duration.ofDays(1);
          };
    };
  }

  private static Tier tier(QuotaSign sign) {
    var tier = sign.tier();
    for (var usage : sign.usages()) {
      tier = Tier.stricter(tier, usage.tier());
    }
    return tier == null ? Tier.DEVELOPMENT : tier;
  }
}
