package io.tokenwarden.sync.run;

import static io.tokenwarden.testsupport.Transactions.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.FakeGateway;
import io.tokenwarden.sync.insights.DayRange;
import io.tokenwarden.sync.insights.Insights;
import io.tokenwarden.sync.insights.InsightsRow;
import io.tokenwarden.sync.insights.ReadDays;
import io.tokenwarden.testsupport.MutableClock;
import io.tokenwarden.testsupport.RealParts;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Who may run, and who may store, on the real database.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "sync-worker"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeGateway.class)
class RunsIT {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final DayRange DAYS = new DayRange(DAY, DAY.plusDays(1));

  @Inject Runs runs;
  @Inject Insights insights;
  @Inject DataSource database;
  @Inject MutableClock clock;

  private final WorkspaceId workspace = WorkspaceId.of("ws-" + UUID.randomUUID());
  private final AdAccountId account = anyAccount();

  @Test
  void noScheduleIsLeasedTwiceHoweverManyAskAtOnce() throws Exception {
    // given
    var held = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      insertSchedule(anyAccount(), null, clock.instant().minus(Duration.ofDays(1)));
    }

    // when
    try (var workers = Executors.newFixedThreadPool(8)) {
      Callable<Optional<Claim>> claim = () -> await(() -> runs.claim());
      for (var each : workers.invokeAll(Stream.generate(() -> claim).limit(40).toList())) {
        each.get().ifPresent(claimed -> held.add(claimed.schedule()));
      }
    }

    // then
    assertThat(held).doesNotHaveDuplicates();
    var leased = "select count(run_lease) from schedule where workspace_id = ?";
    assertThat(Integer.parseInt(value(leased))).isGreaterThanOrEqualTo(held.size());
  }

  @Test
  void aRunWhoseReplicaIsGoneIsTakenOverAtOnce() throws Exception {
    // given
    var mine = claim();

    // when
    execute("update schedule set run_leased_by = 2147483647 where workspace_id = ?");

    // then
    Awaitility.await().until(() -> !await(() -> runs.renew(mine)));
    assertThat(await(() -> runs.store(mine, read("9.00", clock.instant())))).isFalse();
  }

  @Test
  void aRunThatLostItsLeaseStoresNothing() throws Exception {
    // given
    var mine = claim();
    var stored = await(() -> runs.store(mine, read("1.00", clock.instant())));
    assertThat(stored).isTrue();

    // when
    execute("update schedule set run_lease = gen_random_uuid() where workspace_id = ?");
    var storedLater = await(() -> runs.store(mine, read("9.00", clock.instant().plusSeconds(1))));

    // then
    assertThat(storedLater).isFalse();
    assertThat(await(() -> runs.renew(mine))).isFalse();
    assertThat(spend()).isEqualTo("1.00");
    assertThat(value("select sum(spend) from coverage where workspace_id = ?")).isEqualTo("1.00");
  }

  @Test
  void everyPageMakesTheLeaseLastAnew() throws Exception {
    // given
    var mine = claim();
    execute("update schedule set run_leased_until = timestamp 'epoch' where workspace_id = ?");

    // when
    var held = await(() -> runs.renew(mine));

    // then
    assertThat(held).isTrue();
    assertThat(
            value(
                "select run_leased_until > timestamptz '2026-01-01' from schedule where workspace_id = ?"))
        .isEqualTo("t");
  }

  @Test
  void aReadThatBeganEarlierReplacesNothing() throws Exception {
    // given
    replace(read("5.00", clock.instant()));

    // when
    replace(read("1.00", clock.instant().minusSeconds(1)));

    // then
    assertThat(spend()).isEqualTo("5.00");
  }

  @Test
  void rowsAndLedgerAreReplacedTogetherOrNotAtAll() throws Exception {
    // given
    replace(read("5.00", clock.instant()));
    var broken = read("7.00", clock.instant().plusSeconds(1));

    // when
    try {
      await(() ->
          Panache.withTransaction(() ->
              insights
                  .replace(broken)
                  .chain(() ->
                      Uni.createFrom().<Void>failure(new IllegalStateException("killed here")))));
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessageContaining("killed here");
    }

    // then
    assertThat(spend()).isEqualTo("5.00");
    assertThat(value("select sum(spend) from coverage where workspace_id = ?")).isEqualTo("5.00");
  }

  @Test
  void aDayWithoutRowsIsADayThatWasRead() throws Exception {
    // given
    replace(read("5.00", clock.instant()));

    // when
    replace(read(null, clock.instant().plusSeconds(1)));

    // then
    assertThat(spend()).isNull();
    assertThat(value("select count(*) from coverage where row_count = 0 and workspace_id = ?"))
        .isEqualTo("2");
  }

  private void replace(ReadDays read) {
    await(() -> Panache.withTransaction(() -> insights.replace(read)));
  }

  /// Of two days, the first with one row, or none at all.
  private ReadDays read(String spend, Instant readAt) {
    var rows =
        spend == null
            ? List.<InsightsRow>of()
            : List.of(
                new InsightsRow(
                    DAY,
                    account.digits(),
                    "An account",
                    new BigDecimal(spend),
                    1000,
                    17,
                    JsonNodeFactory.instance.objectNode()));
    return new ReadDays(workspace, account, ZONE, InsightsLevel.ACCOUNT, DAYS, readAt, 1L, rows);
  }

  /// A lease that the service's own workers do not touch.
  private Claim claim() throws SQLException {
    var lease = UUID.randomUUID();
    var id = insertSchedule(account, lease, clock.instant());
    return new Claim(
        id,
        lease,
        workspace,
        account,
        ZONE,
        new ConnectionId(UUID.randomUUID()),
        DAY,
        true,
        clock.instant());
  }

  private long insertSchedule(AdAccountId adAccount, UUID lease, Instant nextRunAt)
      throws SQLException {
    try (var sql = database.getConnection();
        var insert =
            sql.prepareStatement(
                """
                insert into schedule (workspace_id, ad_account_id, timezone, revision, state, paused,
                  causes, via_connection_id, wanted_from, next_run_at, attempts, run_lease,
                  run_leased_until)
                values (?, ?, 'Europe/Berlin', 1, 'RUNNING', false, '[]', gen_random_uuid(),
                  date '2026-11-20', cast(? as timestamptz), 0, ?,
                  case when ? then timestamptz '2100-01-01' end)
                returning id
                """)) {
      insert.setString(1, workspace.value());
      insert.setString(2, adAccount.digits());
      insert.setString(3, nextRunAt.toString());
      insert.setObject(4, lease);
      insert.setBoolean(5, lease != null);
      try (var answer = insert.executeQuery()) {
        answer.next();
        return answer.getLong(1);
      }
    }
  }

  private String spend() throws SQLException {
    return value("select sum(spend) from insight where workspace_id = ?");
  }

  private String value(String query) throws SQLException {
    try (var sql = database.getConnection();
        var statement = sql.prepareStatement(query)) {
      statement.setString(1, workspace.value());
      try (var answer = statement.executeQuery()) {
        answer.next();
        return answer.getString(1);
      }
    }
  }

  private void execute(String update) throws SQLException {
    try (var sql = database.getConnection();
        var statement = sql.prepareStatement(update)) {
      statement.setString(1, workspace.value());
      statement.executeUpdate();
    }
  }

  private static AdAccountId anyAccount() {
    return new AdAccountId(Long.toString(new Random().nextLong(1_000_000, 1L << 50)));
  }
}
