package io.tokenwarden.refresher.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import org.hibernate.reactive.mutiny.Mutiny;

/// Keeps, for each connection, the state with the largest revision.
@ApplicationScoped
public class Connections {
  private static final String MERGE =
      """
      insert into connection_state as known (connection_id, workspace_id, revision, state)
      values (:connection, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id) do update
        set workspace_id = excluded.workspace_id,
            revision = excluded.revision,
            state = excluded.state
        where known.revision < excluded.revision
      """;

  private final ObjectMapper json;

  @Inject
  Connections(ObjectMapper json) {
    this.json = json;
  }

  /// Within the current transaction.
  ///
  /// @return whether the state is newer than all before; if not, nothing changed
  public Uni<Boolean> merge(ConnectionState state) {
    return Panache.getSession().chain(session -> merge(session, state)).map(rows -> rows == 1);
  }

  private Uni<Integer> merge(Mutiny.Session session, ConnectionState state) {
    return session
        .createNativeQuery(MERGE)
        .setParameter("connection", state.connectionId().value())
        .setParameter("workspace", state.workspaceId().value())
        .setParameter("revision", state.revision())
        .setParameter("state", text(state))
        .executeUpdate();
  }

  private String text(ConnectionState state) {
    try {
      return json.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing the state of " + state.connectionId(), e);
    }
  }
}
