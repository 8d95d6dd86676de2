package io.tokenwarden.sync.http;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.service.Problems;
import io.tokenwarden.sync.insights.DayRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// Parameters as a caller wrote them. What cannot be understood is a 400 that says what can.
final class Asked {
  private static final int LONGEST_RANGE = 1_200;

  private Asked() {}

  static AdAccountId adAccount(String text) {
    try {
      return AdAccountId.of(text);
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(e.getMessage());
    }
  }

  /// The place after an ad account in the order of their ids; empty for the first.
  static String account(String after) {
    return after.isEmpty() ? after : adAccount(after).digits();
  }

  static InsightsLevel level(String text) {
    try {
      return text == null ? InsightsLevel.ACCOUNT : InsightsLevel.of(text);
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(e.getMessage());
    }
  }

  static DayRange days(Optional<LocalDate> from, Optional<LocalDate> to, DayRange usual) {
    var first = from.orElse(usual.from());
    var last = to.orElse(usual.to());
    if (first.isAfter(last)) {
      throw Problems.badRequest(
          "from (%s) is after to (%s); if one is omitted, it is %s or %s"
              .formatted(first, last, usual.from(), usual.to()));
    }
    var days = new DayRange(first, last);
    if (days.length() > LONGEST_RANGE) {
      throw Problems.badRequest("Ask for at most " + LONGEST_RANGE + " days at once");
    }
    return days;
  }

  static Optional<LocalDate> day(String name, String text) {
    try {
      return Optional.ofNullable(text).map(LocalDate::parse);
    } catch (DateTimeException _) {
      throw Problems.badRequest(name + " is a day of the ad account, such as 2026-11-21");
    }
  }
}
