package io.tokenwarden.auth.refresh;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.judge.Doubts;
import io.tokenwarden.auth.refresh.Beginning.Begun;
import io.tokenwarden.auth.refresh.Beginning.NothingToDo;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.ConnectionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;

/// What operators and token-refresher may want of a connection's token.
@ApplicationScoped
class Requests {
  private final Connections connections;
  private final Renewals renewals;
  private final TokenRenewal renewal;
  private final Verification verification;

  @Inject
  Requests(
      Connections connections, Renewals renewals, TokenRenewal renewal, Verification verification) {
    this.connections = connections;
    this.renewals = renewals;
    this.renewal = renewal;
    this.verification = verification;
  }

  /// @param admitted gives the connection back, or refuses the caller
  /// @param patient whether a recent failure is reason to wait
  Uni<Answer> replace(
      ConnectionId id, Kind kind, boolean patient, String by, UnaryOperator<Connection> admitted) {
    return Panache.withTransaction(() ->
            connections
                .lock(id)
                .map(admitted)
                .chain(connection -> renewals.begin(connection, kind, patient, by)))
        .chain(beginning -> perform(beginning, by));
  }

  private Uni<Answer> perform(Beginning beginning, String by) {
    return switch (beginning) {
      case Begun(var work) -> renewal.perform(work, by);
      case NothingToDo(var answer) -> Uni.createFrom().item(answer);
    };
  }

  Uni<Answer> verify(ConnectionId id, String by, UnaryOperator<Connection> admitted) {
    Uni<List<Doubts.Watch>> asked =
        Panache.withTransaction(() ->
            connections
                .lock(id)
                .map(admitted)
                .chain(connection -> verification.ask(connection, by)));
    return asked.chain(watches -> verification.await(id, watches));
  }
}
