package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What sync-worker says it has read of an ad account, day by day.
record Coverage(Map<LocalDate, Day> days) {

  private static final Set<String> READ = Set.of("provisional", "final");

  /// @param generation of the token the day was read with
  record Day(LocalDate date, String state, long generation) {

    boolean isRead() {
      return READ.contains(state);
    }
  }

  static Coverage of(JsonNode answer) {
    return new Coverage(
        StreamSupport.stream(answer.path("days").spliterator(), false)
            .map(Coverage::day)
            .collect(Collectors.toMap(Day::date, Function.identity())));
  }

  private static Day day(JsonNode day) {
    return new Day(
        LocalDate.parse(day.path("date").asText()),
        day.path("state").asText().toLowerCase(Locale.ROOT),
        day.path("generation").asLong());
  }

  /// The first of these days that was not read; empty if there is no hole.
  Optional<LocalDate> firstHole(List<LocalDate> wanted) {
    return first(wanted, Day::isRead);
  }

  /// The first of these days that was not read since this generation; empty if all were.
  Optional<LocalDate> firstNotReadSince(long generation, List<LocalDate> wanted) {
    return first(wanted, day -> day.isRead() && day.generation() >= generation);
  }

  private Optional<LocalDate> first(List<LocalDate> wanted, Predicate<Day> isFine) {
    return wanted.stream()
        .filter(date -> !days.containsKey(date) || !isFine.test(days.get(date)))
        .findFirst();
  }
}
