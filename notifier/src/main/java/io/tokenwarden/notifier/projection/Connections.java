package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/// The latest state of each connection. Everything here works on the current session.
@ApplicationScoped
public class Connections {
  private static final String MERGE =
      """
      insert into connection as t (connection_id, workspace_id, revision, state)
      values (:id, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id) do update
      set workspace_id = excluded.workspace_id,
          revision = excluded.revision,
          state = excluded.state
      where t.revision < excluded.revision
      """;

  /// A page with more than this many cards helps nobody.
  private static final int MOST = 500;

  private final StateJson json;

  @Inject
  Connections(StateJson json) {
    this.json = json;
  }

  /// Until the transaction ends, no other one has the lock of this connection, known or not.
  public Uni<Void> lock(ConnectionId id) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select cast(pg_advisory_xact_lock(hashtextextended(:id, 0)) as text)",
                    String.class)
                .setParameter("id", id.toString())
                .getSingleResult())
        .replaceWithVoid();
  }

  /// @return whether the state was newer than the one known
  public Uni<Boolean> merge(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(MERGE)
                .setParameter("id", state.connectionId().value())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("revision", state.revision())
                .setParameter("state", json.write(state))
                .executeUpdate())
        .map(rows -> rows == 1);
  }

  public Uni<Optional<ConnectionState>> find(ConnectionId id) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select cast(state as text) from connection where connection_id = :id",
                    String.class)
                .setParameter("id", id.value())
                .getSingleResultOrNull())
        .map(stored -> Optional.ofNullable(stored).map(this::read));
  }

  public Uni<List<ConnectionState>> list(Visible visible) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    select cast(state as text) from connection
                    where :all or workspace_id = any(string_to_array(:workspaces, ' '))
                    order by workspace_id, connection_id
                    """,
                    String.class)
                .setParameter("all", visible.all())
                .setParameter("workspaces", visible.words())
                .setMaxResults(MOST)
                .getResultList())
        .map(stored -> stored.stream().map(this::read).toList());
  }

  private ConnectionState read(String stored) {
    return json.read(ConnectionState.class, stored);
  }
}
