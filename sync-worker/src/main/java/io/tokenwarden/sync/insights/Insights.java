package io.tokenwarden.sync.insights;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.Outbox;
import io.tokenwarden.sync.SyncConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/// The insights that were read. Everything here works within the current session.
@ApplicationScoped
public class Insights {
  private static final String ENTER_INTO_LEDGER =
      """
      insert into coverage as known (workspace_id, ad_account_id, level, day,
                                     row_count, spend, read_at, generation, final)
      select :workspace, :account, :level, d.day, d.rows, d.spend, :readAt,
             cast(:generation as bigint), d.final
      from jsonb_to_recordset(cast(cast(:days as text) as jsonb))
        as d(day date, rows int, spend numeric, final boolean)
      on conflict (workspace_id, ad_account_id, level, day) do update
        set row_count = excluded.row_count, spend = excluded.spend, read_at = excluded.read_at,
            generation = excluded.generation, final = excluded.final
        where known.read_at <= excluded.read_at
      returning day
      """;

  private static final String DELETE_ROWS =
      """
      delete from insight
      where workspace_id = :workspace and ad_account_id = :account and level = :level
        and day in (:days)
      """;

  private static final String INSERT_ROWS =
      """
      insert into insight (workspace_id, ad_account_id, level, day, entity_id, entity_name,
                           spend, impressions, clicks, metrics)
      select :workspace, :account, :level, r.day, r."entityId", r."entityName",
             r.spend, r.impressions, r.clicks, r.metrics
      from jsonb_to_recordset(cast(cast(:rows as text) as jsonb))
        as r(day date, "entityId" text, "entityName" text, spend numeric, impressions bigint,
             clicks bigint, metrics jsonb)
      """;

  private static final String SELECT_ROWS =
      """
      select day, entity_id, entity_name, spend, impressions, clicks,
             cast(metrics as text) as metrics
      from insight
      where workspace_id = :workspace and ad_account_id = :account and level = :level
        and day between :from and :to and (day, entity_id) > (:afterDay, :afterEntity)
      order by day, entity_id
      limit :limit
      """;

  private final Outbox outbox;
  private final SyncConfig config;
  private final ObjectMapper json;
  private final Clock clock;

  @Inject
  Insights(Outbox outbox, SyncConfig config, ObjectMapper json, Clock clock) {
    this.outbox = outbox;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  /// Replaces the rows of the days that were read, enters them into the ledger and announces it,
  /// all in the current transaction. Days of which a newer read is stored stay as they are.
  public Uni<Void> replace(ReadDays read) {
    return Panache.getSession()
        .chain(session ->
            enterIntoLedger(session, read)
                .chain(days -> days.isEmpty() ? nothing() : replace(session, read, days)));
  }

  /// @return the days for which this is the newest read
  private Uni<List<LocalDate>> enterIntoLedger(Mutiny.Session session, ReadDays read) {
    return session
        .createNativeQuery(ENTER_INTO_LEDGER, LocalDate.class)
        .setParameter("workspace", read.workspace().value())
        .setParameter("account", read.adAccount().digits())
        .setParameter("level", read.level().code())
        .setParameter("readAt", read.readAt())
        .setParameter("generation", read.generation())
        .setParameter("days", text(entries(read)))
        .getResultList();
  }

  private List<Entry> entries(ReadDays read) {
    Map<LocalDate, List<InsightsRow>> byDay =
        read.rows().stream().collect(groupingBy(InsightsRow::day));
    return read.days()
        .days()
        .map(day ->
            Entry.of(
                day, byDay.getOrDefault(day, List.of()), read.isFinal(day, config.restateWindow())))
        .toList();
  }

  private Uni<Void> replace(Mutiny.Session session, ReadDays read, List<LocalDate> days) {
    var ofTheseDays = Set.copyOf(days);
    var rows = read.rows().stream().filter(row -> ofTheseDays.contains(row.day())).toList();
    return delete(session, read, days)
        .chain(() -> rows.isEmpty() ? nothing() : insert(session, read, rows))
        .chain(() -> outbox.add(synced(read, days, rows.size())));
  }

  private static Uni<Void> delete(Mutiny.Session session, ReadDays read, List<LocalDate> days) {
    return session
        .createNativeQuery(DELETE_ROWS)
        .setParameter("workspace", read.workspace().value())
        .setParameter("account", read.adAccount().digits())
        .setParameter("level", read.level().code())
        .setParameter("days", days)
        .executeUpdate()
        .replaceWithVoid();
  }

  private Uni<Void> insert(Mutiny.Session session, ReadDays read, List<InsightsRow> rows) {
    return session
        .createNativeQuery(INSERT_ROWS)
        .setParameter("workspace", read.workspace().value())
        .setParameter("account", read.adAccount().digits())
        .setParameter("level", read.level().code())
        .setParameter("rows", text(rows))
        .executeUpdate()
        .replaceWithVoid();
  }

  private InsightsSynced synced(ReadDays read, List<LocalDate> days, int rows) {
    return new InsightsSynced(
        read.workspace(),
        read.adAccount(),
        read.level(),
        days.stream().min(Comparator.naturalOrder()).orElseThrow(),
        days.stream().max(Comparator.naturalOrder()).orElseThrow(),
        rows,
        days.stream().allMatch(day -> read.isFinal(day, config.restateWindow())),
        read.readAt(),
        clock.instant());
  }

  /// Rows in the order of days and entities.
  ///
  /// @param afterDay, afterEntity the last row of the page before
  public Uni<List<InsightsRow>> rows(
      WorkspaceId workspace,
      AdAccountId account,
      InsightsLevel level,
      DayRange range,
      LocalDate afterDay,
      String afterEntity,
      int limit) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(SELECT_ROWS, Object[].class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .setParameter("level", level.code())
                .setParameter("from", range.from())
                .setParameter("to", range.to())
                .setParameter("afterDay", afterDay)
                .setParameter("afterEntity", afterEntity)
                .setParameter("limit", limit)
                .getResultList())
        .map(rows -> rows.stream().map(this::row).toList());
  }

  private InsightsRow row(Object[] row) {
    return new InsightsRow(
        (LocalDate) row[0],
        (String) row[1],
        (String) row[2],
        (BigDecimal) row[3],
        (Long) row[4],
        (Long) row[5],
        tree((String) row[6]));
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Reading metrics", e);
    }
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing insights", e);
    }
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  /// A day as it is entered into the ledger.
  private record Entry(
      LocalDate day, int rows, BigDecimal spend, @JsonProperty("final") boolean isFinal) {
    static Entry of(LocalDate day, List<InsightsRow> rows, boolean isFinal) {
      var spend = rows.stream().map(InsightsRow::spend).reduce(BigDecimal.ZERO, BigDecimal::add);
      return new Entry(day, rows.size(), spend, isFinal);
    }
  }
}
