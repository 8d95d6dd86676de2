package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.twin.insights.Days;
import io.tokenwarden.twin.insights.Level;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an insights call asks for: level and periods, in days of the account.
record InsightsQuery(Level level, List<Days> periods) {

  private static final int HISTORY_MONTHS = 37;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param usual the level of a call that names none
  static InsightsQuery of(GraphRequest request, Level usual, LocalDate today) {
    var level =
        request
            .parameter("level")
            .map(name -> Level.named(name).orElseThrow(() -> levelError()))
            .orElse(usual);
    var periods = range(request, today).map(days -> cut(days, request)).orElse(List.of());
    return new InsightsQuery(level, periods);
  }

  /// The days asked for, up to today; empty if all of them lie in the future.
  private static Optional<Days> range(GraphRequest request, LocalDate today) {
    var asked =
        request
            .parameter("time_range")
            .map(InsightsQuery::timeRange)
            .orElseGet(() -> preset(request.parameter("date_preset").orElse("last_30d"), today));
    if (asked.since().isBefore(today.minusMonths(HISTORY_MONTHS))) {
      throw new GraphException(GraphError.tooLongAgo());
    }
    if (asked.since().isAfter(today)) {
      return Optional.empty();
    }
    var until = asked.until().isAfter(today) ? today : asked.until();
    return Optional.of(new Days(asked.since(), until));
  }

  private static Days timeRange(String text) {
    try {
      var json = JSON.readTree(text);
      return new Days(day(json, "since"), day(json, "until"));
    } catch (JsonProcessingException | DateTimeParseException _) {
      throw new GraphException(
          GraphError.invalidParameter(
              "Param time_range must be an object with since and until, each YYYY-MM-DD"));
    } catch (IllegalArgumentException _) {
      throw new GraphException(
          GraphError.invalidParameter("since must not be after until in time_range"));
    }
  }

  private static LocalDate day(JsonNode range, String end) {
    return LocalDate.parse(range.path(end).asText());
  }

  private static Days preset(String name, LocalDate today) {
    var yesterday = today.minusDays(1);
    return switch (name) {
      case "today" -> new Days(today, today);
      case "yesterday" -> new Days(yesterday, yesterday);
      case "last_3d" -> Days.last(3, yesterday);
      case "last_7d" -> Days.last(7, yesterday);
      case "last_14d" -> Days.last(14, yesterday);
      case "last_28d" -> Days.last(28, yesterday);
      case "last_30d" -> Days.last(30, yesterday);
      case "last_90d" -> Days.last(90, yesterday);
      case "this_month" -> new Days(today.withDayOfMonth(1), today);
      case "last_month" -> month(today.minusMonths(1));
      case "maximum" -> new Days(today.minusMonths(HISTORY_MONTHS), today);
      default ->
          throw new GraphException(
              GraphError.invalidParameter("Param date_preset has no value " + name));
    };
  }

  private static Days month(LocalDate anyDay) {
    return new Days(anyDay.withDayOfMonth(1), anyDay.with(TemporalAdjusters.lastDayOfMonth()));
  }

  private static List<Days> cut(Days days, GraphRequest request) {
    var increment = request.parameter("time_increment").orElse("all_days");
    return switch (increment) {
      case "all_days" -> List.of(days);
      case "monthly" -> monthly(days);
      default -> everyDays(days, dayCount(increment));
    };
  }

  private static List<Days> monthly(Days days) {
    var months = new ArrayList<Days>();
    var since = days.since();
    while (!since.isAfter(days.until())) {
      var until = earlier(month(since).until(), days.until());
      months.add(new Days(since, until));
      since = until.plusDays(1);
    }
    return months;
  }

  private static List<Days> everyDays(Days days, int count) {
    var periods = new ArrayList<Days>();
    var since = days.since();
    while (!since.isAfter(days.until())) {
      var until = earlier(since.plusDays(count - 1L), days.until());
      periods.add(new Days(since, until));
      since = until.plusDays(1);
    }
    return periods;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  private static int dayCount(String increment) {
    try {
      var count = Integer.parseInt(increment);
      if (count >= 1 && count <= 90) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new GraphException(
        GraphError.invalidParameter(
            "Param time_increment must be an integer from 1 to 90, monthly or all_days"));
  }

  private static GraphException levelError() {
    return new GraphException(
        GraphError.invalidParameter("Param level must be one of {ad, adset, campaign, account}"));
  }
}
