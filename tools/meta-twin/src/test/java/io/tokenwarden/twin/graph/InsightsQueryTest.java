package io.tokenwarden.twin.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenwarden.twin.insights.Days;
import io.tokenwarden.twin.insights.Level;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InsightsQueryTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  @Test
  void asksForTheWholeAccountOverThirtyDaysByDefault() {
    // when
    var query = query(Map.of());

    // then
    assertThat(query.level()).isEqualTo(Level.ACCOUNT);
    assertThat(query.periods()).containsExactly(days("2026-02-08", "2026-03-09"));
  }

  @Test
  void endsToday() {
    // when
    var query =
        query(Map.of("time_range", range("2026-03-09", "2026-03-20"), "time_increment", "1"));

    // then
    assertThat(query.periods())
        .containsExactly(days("2026-03-09", "2026-03-09"), days("2026-03-10", "2026-03-10"));
  }

  @Test
  void hasNoPeriodInTheFuture() {
    // when
    var query = query(Map.of("time_range", range("2026-03-11", "2026-03-20")));

    // then
    assertThat(query.periods()).isEmpty();
  }

  @Test
  void cutsAtTheEndsOfMonths() {
    // when
    var query =
        query(Map.of("time_range", range("2026-01-15", "2026-03-02"), "time_increment", "monthly"));

    // then
    assertThat(query.periods())
        .containsExactly(
            days("2026-01-15", "2026-01-31"),
            days("2026-02-01", "2026-02-28"),
            days("2026-03-01", "2026-03-02"));
  }

  @Test
  void reachesBackThirtySevenMonths() {
    // when
    var query = query(Map.of("date_preset", "maximum"));

    // then
    assertThat(query.periods()).containsExactly(days("2023-02-10", "2026-03-10"));
  }

  @Test
  void refusesToReachBackFurther() {
    assertError(3018, Map.of("time_range", range("2023-02-09", "2026-03-10")));
  }

  @Test
  void refusesWhatItCannotRead() {
    assertError(100, Map.of("time_range", "yesterday"));
    assertError(100, Map.of("time_range", range("2026-03-02", "2026-03-01")));
    assertError(100, Map.of("time_increment", "0"));
    assertError(100, Map.of("level", "page"));
    assertError(100, Map.of("date_preset", "lifetime"));
  }

  private static void assertError(int code, Map<String, String> parameters) {
    assertThatExceptionOfType(GraphException.class)
        .isThrownBy(() -> query(parameters))
        .satisfies(e -> assertThat(e.error().code()).isEqualTo(code));
  }

  private static InsightsQuery query(Map<String, String> parameters) {
    return InsightsQuery.of(
        GraphRequest.of("GET", "/v25.0/act_1/insights", parameters, null, "http://twin"),
        Level.ACCOUNT,
        TODAY);
  }

  private static String range(String since, String until) {
    return "{\"since\":\"%s\",\"until\":\"%s\"}".formatted(since, until);
  }

  private static Days days(String since, String until) {
    return new Days(LocalDate.parse(since), LocalDate.parse(until));
  }
}
