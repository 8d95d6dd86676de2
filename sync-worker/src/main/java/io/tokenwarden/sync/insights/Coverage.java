package io.tokenwarden.sync.insights;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.SyncConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The ledger of days that were read. Everything here works within the current session.
@ApplicationScoped
public class Coverage {
  private static final String FIRST_GAP =
      """
      select cast(min(wanted.day) as date) as first_gap
      from generate_series(cast(:from as date), cast(:to as date), interval '1 day') wanted(day)
      where (select count(*) from coverage c
             where c.workspace_id = :workspace and c.ad_account_id = :account
               and c.day = cast(wanted.day as date) and c.level in (:levels)) < :count
      """;

  private static final String READ_THROUGH =
      """
      select max(read.day) as read_through
      from (select day from coverage
            where workspace_id = :workspace and ad_account_id = :account and level in (:levels)
            group by day having count(*) = :count) read
      """;

  private static final String READ =
      """
      select level, day, final from coverage
      where workspace_id = :workspace and ad_account_id = :account and day >= :from
      """;

  private static final String DAYS =
      """
      select day, final, row_count, spend, read_at, generation from coverage
      where workspace_id = :workspace and ad_account_id = :account and level = :level
        and day between :from and :to
      """;

  private static final String FRESH_UNTIL =
      """
      select max(read_at) as fresh_until from coverage
      where workspace_id = :workspace and ad_account_id = :account and level = :level
      """;

  private final SyncConfig config;

  @Inject
  Coverage(SyncConfig config) {
    this.config = config;
  }

  /// The first of these days that was not read at all levels.
  public Uni<Optional<LocalDate>> firstGap(
      WorkspaceId workspace, AdAccountId account, LocalDate from, LocalDate to) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FIRST_GAP, LocalDate.class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .setParameter("levels", levels())
                .setParameter("count", config.levels().size())
                .setParameter("from", from)
                .setParameter("to", to)
                .getSingleResult())
        .map(Optional::ofNullable);
  }

  /// The last day that was read at all levels.
  public Uni<Optional<LocalDate>> readThrough(WorkspaceId workspace, AdAccountId account) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(READ_THROUGH, LocalDate.class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .setParameter("levels", levels())
                .setParameter("count", config.levels().size())
                .getSingleResult())
        .map(Optional::ofNullable);
  }

  private List<String> levels() {
    return config.levels().stream().map(InsightsLevel::code).toList();
  }

  /// What was read from this day on.
  public Uni<Ledger> ledger(WorkspaceId workspace, AdAccountId account, LocalDate from) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(READ, Object[].class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .setParameter("from", from)
                .getResultList())
        .map(rows ->
            new Ledger(
                rows.stream()
                    .collect(
                        groupingBy(
                            row -> InsightsLevel.of((String) row[0]),
                            toMap(row -> (LocalDate) row[1], row -> (Boolean) row[2])))));
  }

  /// Every day of the range, read or not.
  ///
  /// @param oldestDay before it, Meta gives nothing any more
  public Uni<List<CoverageDay>> days(
      WorkspaceId workspace,
      AdAccountId account,
      InsightsLevel level,
      DayRange range,
      LocalDate oldestDay) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(DAYS, Object[].class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .setParameter("level", level.code())
                .setParameter("from", range.from())
                .setParameter("to", range.to())
                .getResultList())
        .map(rows -> rows.stream().map(Coverage::read).toList())
        .map(read -> complete(range, read, oldestDay));
  }

  private static CoverageDay read(Object[] row) {
    var state = (Boolean) row[1] ? CoverageDay.State.FINAL : CoverageDay.State.PROVISIONAL;
    return new CoverageDay(
        (LocalDate) row[0],
        state,
        (Integer) row[2],
        (BigDecimal) row[3],
        ((OffsetDateTime) row[4]).toInstant(),
        (Long) row[5]);
  }

  private static List<CoverageDay> complete(
      DayRange range, List<CoverageDay> read, LocalDate oldestDay) {
    Map<LocalDate, CoverageDay> byDay =
        read.stream().collect(toMap(CoverageDay::date, Function.identity()));
    return range
        .days()
        .map(day -> byDay.getOrDefault(day, CoverageDay.unread(day, oldestDay)))
        .toList();
  }

  /// When the account was last read at this level; empty if never.
  public Uni<Optional<Instant>> freshUntil(
      WorkspaceId workspace, AdAccountId account, InsightsLevel level) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FRESH_UNTIL, OffsetDateTime.class)
                .setParameter("workspace", workspace.value())
                .setParameter("account", account.digits())
                .setParameter("level", level.code())
                .getSingleResult())
        .map(readAt -> Optional.ofNullable(readAt).map(OffsetDateTime::toInstant));
  }
}
