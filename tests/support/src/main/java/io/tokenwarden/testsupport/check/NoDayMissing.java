package io.tokenwarden.testsupport.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.fleet.Database;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Of every schedule that runs, each day from the first wanted one to the account's day of its last
/// run was read at each level, and rows and ledger are what Meta holds, to the cent.
///
/// @param levels that are read
record NoDayMissing(Database database, MetaTwin twin, List<InsightsLevel> levels) implements Rule {

  @Override
  public Stream<String> differences() {
    return database
        .rows(
            """
            select workspace_id, ad_account_id, timezone, wanted_from, last_run_at
            from sync.schedule where state = 'RUNNING' and not paused
            """)
        .stream()
        .flatMap(schedule -> levels.stream().flatMap(level -> of(schedule, level)));
  }

  private Stream<String> of(Map<String, Object> schedule, InsightsLevel level) {
    var name = schedule.get("workspace_id") + "/" + schedule.get("ad_account_id");
    if (schedule.get("last_run_at") == null) {
      return Stream.of(name + " was never run");
    }
    var zone = ZoneId.of((String) schedule.get("timezone"));
    var from = ((Date) schedule.get("wanted_from")).toLocalDate();
    var to = LocalDate.ofInstant(((Timestamp) schedule.get("last_run_at")).toInstant(), zone);
    var account = (String) schedule.get("ad_account_id");
    return Stream.concat(
        StatesAgree.compareAll(
            "sync.insight (" + level.code() + ") of " + name + " on",
            held(account, level, from, to),
            kept(schedule, level)),
        ledger(schedule, level, from, to).stream()
            .map(problem -> "coverage (" + level.code() + ") of " + name + ": " + problem));
  }

  private Map<String, Object> held(
      String account, InsightsLevel level, LocalDate from, LocalDate to) {
    Map<String, Object> rows = new TreeMap<>();
    StreamSupport.stream(twin.truth(account, level.code(), from, to).spliterator(), false)
        .forEach(row -> rows.put(key(row, level), numbers(row)));
    return rows;
  }

  private static String key(JsonNode row, InsightsLevel level) {
    return row.path("date_start").asText()
        + " "
        + row.path(level.code() + "_id").asText().replaceFirst("^act_", "");
  }

  private static String numbers(JsonNode row) {
    return numbers(
        new BigDecimal(row.path("spend").asText("0")),
        row.path("impressions").asLong(),
        row.path("clicks").asLong());
  }

  private static String numbers(BigDecimal spend, long impressions, long clicks) {
    return spend.stripTrailingZeros().toPlainString() + "/" + impressions + "/" + clicks;
  }

  private Map<String, Object> kept(Map<String, Object> schedule, InsightsLevel level) {
    Map<String, Object> rows = new TreeMap<>();
    database
        .rows(
            """
            select day, entity_id, spend, impressions, clicks from sync.insight
            where workspace_id = ? and ad_account_id = ? and level = ?
            """,
            schedule.get("workspace_id"),
            schedule.get("ad_account_id"),
            level.code())
        .forEach(row ->
            rows.put(
                row.get("day") + " " + row.get("entity_id"),
                numbers(
                    (BigDecimal) row.get("spend"),
                    (Long) row.get("impressions"),
                    (Long) row.get("clicks"))));
    return rows;
  }

  /// Days that were not read, or of which the ledger says something else than the rows do.
  private List<String> ledger(
      Map<String, Object> schedule, InsightsLevel level, LocalDate from, LocalDate to) {
    var problems = new ArrayList<String>();
    database
        .rows(
            """
            select wanted.day::date as day, c.row_count, c.spend,
                   count(i.entity_id) as rows, coalesce(sum(i.spend), 0) as spent
            from generate_series(?::date, ?::date, interval '1 day') wanted(day)
            left join sync.coverage c
              on c.workspace_id = ? and c.ad_account_id = ? and c.level = ?
                 and c.day = wanted.day::date
            left join sync.insight i
              on i.workspace_id = c.workspace_id and i.ad_account_id = c.ad_account_id
                 and i.level = c.level and i.day = c.day
            group by wanted.day, c.row_count, c.spend
            having c.row_count is null or c.row_count <> count(i.entity_id)
                or c.spend <> coalesce(sum(i.spend), 0)
            order by wanted.day
            """,
            Date.valueOf(from),
            Date.valueOf(to),
            schedule.get("workspace_id"),
            schedule.get("ad_account_id"),
            level.code())
        .forEach(row ->
            problems.add(
                row.get("row_count") == null
                    ? row.get("day") + " was not read"
                    : "ledger and rows differ: " + row));
    return problems;
  }
}
