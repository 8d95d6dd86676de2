package io.tokenwarden.gateway.connection;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.gateway.FakePlaces;
import io.tokenwarden.gateway.store.Feed;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Replicas;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P2 on the real database: whatever the order in which facts arrive, however often, and however
/// many replicas take them at once, the table and the memory of a replica end with what was
/// announced last.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "graph-gateway"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakePlaces.class)
class MergeIT {
  private static final Replicas REPLICAS = new Replicas();

  @Inject HealthEvents events;
  @Inject Connections connections;
  @Inject DataSource database;
  @Inject Pool pool;
  @Inject ObjectMapper json;

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
    var expected =
        history.connections().stream()
            .collect(toMap(ConnectionState::connectionId, ConnectionState::revision));
    assertThat(stored(history)).isEqualTo(expected);
    await()
        .untilAsserted(() ->
            assertThat(history.connections())
                .allSatisfy(state ->
                    assertThat(connections.find(state.connectionId()))
                        .hasValueSatisfying(known -> {
                          assertThat(known.revision()).isEqualTo(state.revision());
                          assertThat(known.generation()).isEqualTo(state.generation());
                          assertThat(known.health()).isEqualTo(state.health());
                        })));
    assertThat(connections.appRevision(history.appId()))
        .isEqualTo(history.app().map(AppEvent::revision).orElse(0L));
    assertThat(connections.isBlocked(history.appId())).isEqualTo(isBlocked(history));
  }

  @Test
  void aReplicaThatStartsKnowsWhichAppsAreBlocked() {
    // given
    var histories = LongStream.rangeClosed(1001, 1020).mapToObj(History::of).toList();
    histories.forEach(history -> REPLICAS.handle(history.arrivals(), this::handle));
    var ofAnother = new Connections();

    // when
    var apps = new ConnectionTables(ofAnother, json).apps();
    new Feed(pool, List.of(apps)).sweep().await().indefinitely();

    // then
    assertThat(histories).extracting(MergeIT::isBlocked).contains(true, false);
    assertThat(histories)
        .allSatisfy(history ->
            assertThat(ofAnother.isBlocked(history.appId())).isEqualTo(isBlocked(history)));
  }

  private static boolean isBlocked(History history) {
    return history.app().filter(AppBlocked.class::isInstance).isPresent();
  }

  private void handle(Event fact) {
    var meta = EventMeta.now(fact.topic().producer(), Clock.systemUTC(), Optional.empty());
    Transactions.inTransaction(() -> events.handle(meta, fact));
  }

  private Map<ConnectionId, Long> stored(History history) throws SQLException {
    try (var sql = database.getConnection();
        var statement =
            sql.prepareStatement(
                "select connection_id, revision from connection_health where workspace_id = ?")) {
      statement.setString(1, history.workspace().value());
      var answer = statement.executeQuery();
      var revisions = new HashMap<ConnectionId, Long>();
      while (answer.next()) {
        revisions.put(new ConnectionId(answer.getObject(1, UUID.class)), answer.getLong(2));
      }
      return revisions;
    }
  }
}
