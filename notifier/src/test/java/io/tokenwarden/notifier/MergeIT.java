package io.tokenwarden.notifier;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Revised;
import io.tokenwarden.contracts.ScheduleEvent;
import io.tokenwarden.outbox.EventHandler;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Replicas;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P2 on the real database: whatever the order in which facts arrive, however often, and however
/// many replicas take them at once, the notifier ends with what was announced last, and people were
/// told of exactly what is wrong then.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "notifier"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class MergeIT {
  private static final Replicas REPLICAS = new Replicas();

  @Inject EventHandler handler;
  @Inject DataSource database;

  static LongStream seeds() {
    return History.seedsForDatabase();
  }

  @AfterAll
  static void end() {
    REPLICAS.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endsAsTheNewestFactsSay(long seed) throws Exception {
    // given
    var history = History.of(seed);

    // when
    REPLICAS.handle(history.arrivals(), this::handle);

    // then
    assertThat(revisions(history)).isEqualTo(expectedRevisions(history));
    assertThat(syncedAt(history)).isEqualTo(expectedSyncedAt(history));
    assertThat(new HashSet<>(open(history)))
        .hasSameSizeAs(open(history))
        .isEqualTo(Expected.causes(history));

    // and when
    var told = told(history);
    REPLICAS.handle(history.arrivals(), this::handle);

    // then
    assertThat(told(history)).isEqualTo(told);
  }

  private void handle(Event fact) {
    var meta = EventMeta.now(fact.topic().producer(), Clock.systemUTC(), Optional.empty());
    Transactions.inTransaction(() -> handler.handle(meta, fact));
  }

  private static Map<String, String> expectedRevisions(History history) {
    var connections = history.connections().stream().collect(byName(MergeIT::name));
    var assets = history.assets().stream().collect(byName(MergeIT::name));
    var schedules = history.schedules().stream().collect(byName(MergeIT::name));
    var app = history.app().stream().collect(byName(MergeIT::name));
    return Stream.of(connections, assets, schedules, app)
        .flatMap(each -> each.entrySet().stream())
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static <T extends Revised> Collector<T, ?, Map<String, String>> byName(
      Function<T, String> name) {
    return toMap(name, state -> Long.toString(state.revision()));
  }

  private static String name(ConnectionState state) {
    return "connection " + state.connectionId();
  }

  private static String name(AssetState state) {
    return "asset " + state.connectionId() + "/" + state.assetId();
  }

  private static String name(AppEvent state) {
    return "app " + state.appId();
  }

  private static String name(ScheduleEvent state) {
    return "schedule " + state.adAccountId();
  }

  private Map<String, String> revisions(History history) throws SQLException {
    return pairs(
        """
        select 'connection ' || connection_id, revision from connection where workspace_id = ?
        union all
        select 'asset ' || connection_id || '/' || asset_id, revision from asset where workspace_id = ?
        union all
        select 'schedule ' || ad_account_id, revision from schedule where workspace_id = ?
        union all
        select 'app ' || app_id, revision from app where app_id = ?
        """,
        workspace(history),
        workspace(history),
        workspace(history),
        history.appId());
  }

  private static Map<String, String> expectedSyncedAt(History history) {
    return history.syncedAt().entrySet().stream()
        .collect(toMap(entry -> entry.getKey().digits(), entry -> entry.getValue().toString()));
  }

  private Map<String, String> syncedAt(History history) throws SQLException {
    return pairs(
            "select ad_account_id, to_json(read_at) #>> '{}' from ad_account_sync where workspace_id = ?",
            workspace(history))
        .entrySet()
        .stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                entry -> OffsetDateTime.parse(entry.getValue()).toInstant().toString()));
  }

  private List<String> open(History history) throws SQLException {
    return rows(
            """
            select coalesce(cast(connection_id as text), 'null') || ' ' || kind || ' ' || coalesce(subject, 'null')
            from notification
            where (workspace_id = ? or subject = ?) and state = 'OPEN'
            """,
            workspace(history),
            history.appId())
        .stream()
        .map(List::getFirst)
        .toList();
  }

  /// Every notification there ever was, and what became of it.
  private Map<String, String> told(History history) throws SQLException {
    return pairs(
        "select notification_id, state from notification where workspace_id = ? or subject = ?",
        workspace(history),
        history.appId());
  }

  private static String workspace(History history) {
    return history.workspace().value();
  }

  private Map<String, String> pairs(String query, String... parameters) throws SQLException {
    return rows(query, parameters).stream().collect(toMap(List::getFirst, List::getLast));
  }

  private List<List<String>> rows(String query, String... parameters) throws SQLException {
    try (var sql = database.getConnection();
        var statement = sql.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      return read(statement.executeQuery());
    }
  }

  private static List<List<String>> read(ResultSet answer) throws SQLException {
    var rows = new ArrayList<List<String>>();
    while (answer.next()) {
      var row = new ArrayList<String>();
      for (int column = 1; column <= answer.getMetaData().getColumnCount(); column++) {
        row.add(answer.getString(column));
      }
      rows.add(row);
    }
    return rows;
  }
}
