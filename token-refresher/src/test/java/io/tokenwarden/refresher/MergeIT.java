package io.tokenwarden.refresher;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Replicas;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P2 on the real database: whatever the order in which facts arrive, however often, and however
/// many replicas take them at once, the newest generation of what lives is looked at, and nothing
/// of what is dead.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "token-refresher"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeNeighbours.class)
class MergeIT {
  private static final Replicas REPLICAS = new Replicas();

  @Inject ConnectionEvents events;
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
  void endsAsTheNewestFactsSay(long seed) throws SQLException {
    // given
    var history = History.of(seed);

    // when
    REPLICAS.handle(history.arrivals(), this::handle);

    // then
    assertThat(revisions(history)).isEqualTo(expectedRevisions(history));
    assertThat(generationsDue(history)).isEqualTo(Expected.generationsDue(history));

    // and when
    REPLICAS.handle(history.arrivals(), this::handle);

    // then
    assertThat(generationsDue(history)).isEqualTo(Expected.generationsDue(history));
  }

  private void handle(Event fact) {
    var meta = EventMeta.now(fact.topic().producer(), Clock.systemUTC(), Optional.empty());
    Transactions.inTransaction(() -> events.handle(meta, fact));
  }

  private static Map<ConnectionId, Long> expectedRevisions(History history) {
    return history.connections().stream()
        .collect(toMap(ConnectionState::connectionId, ConnectionState::revision));
  }

  private Map<ConnectionId, Long> revisions(History history) throws SQLException {
    return numbers(
        "select connection_id, revision from connection_state where workspace_id = ?", history);
  }

  private Map<ConnectionId, Long> generationsDue(History history) throws SQLException {
    return numbers(
        """
        select connection_id, generation from due_work join connection_state using (connection_id)
        where workspace_id = ?
        """,
        history);
  }

  private Map<ConnectionId, Long> numbers(String query, History history) throws SQLException {
    try (var sql = database.getConnection();
        var statement = sql.prepareStatement(query)) {
      statement.setString(1, history.workspace().value());
      var answer = statement.executeQuery();
      var numbers = new HashMap<ConnectionId, Long>();
      while (answer.next()) {
        numbers.put(new ConnectionId(answer.getObject(1, UUID.class)), answer.getLong(2));
      }
      return numbers;
    }
  }
}
