package io.tokenwarden.refresher.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;

/// Keeps, for each connection, the state with the largest revision.
@ApplicationScoped
public class Connections {
  private static final String KEEP =
      """
      insert into connection_state (connection_id, workspace_id, revision, state)
      values (:connection, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id) do update
        set workspace_id = excluded.workspace_id,
            revision = excluded.revision,
            state = excluded.state
      """;

  private final Merge merge;
  private final ObjectMapper json;

  @Inject
  Connections(Merge merge, ObjectMapper json) {
    this.merge = merge;
    this.json = json;
  }

  /// Keeps the state if it is the newest. From here to its end the current transaction has what
  /// concerns the connection for itself.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(ConnectionState state) {
    return merge.merge(state.connectionId().toString(), state, Connections::known, this::keep);
  }

  private static Uni<Long> known(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select revision from connection_state where connection_id = :connection",
                    Long.class)
                .setParameter("connection", state.connectionId().value())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("connection", state.connectionId().value())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("revision", state.revision())
                .setParameter("state", text(state))
                .executeUpdate());
  }

  private String text(ConnectionState state) {
    try {
      return json.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing the state of " + state.connectionId(), e);
    }
  }
}
