package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/// The latest state of each connection. Everything here works on the current session.
@ApplicationScoped
public class Connections {
  private static final String KEEP =
      """
      insert into connection (connection_id, workspace_id, revision, state)
      values (:id, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id) do update
      set workspace_id = excluded.workspace_id,
          revision = excluded.revision,
          state = excluded.state
      """;

  /// A page with more than this many cards helps nobody.
  private static final int MOST = 500;

  private final Merge merge;
  private final StateJson json;

  @Inject
  Connections(Merge merge, StateJson json) {
    this.merge = merge;
    this.json = json;
  }

  /// Keeps the state if it is the newest. From here to its end the transaction has what concerns
  /// the connection for itself, its assets included.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(ConnectionState state) {
    return merge.merge(subject(state.connectionId()), state, Connections::known, this::keep);
  }

  /// Under which name what concerns one connection is merged, see [Merge].
  static String subject(ConnectionId id) {
    return "connection " + id;
  }

  private static Uni<Long> known(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select revision from connection where connection_id = :id", Long.class)
                .setParameter("id", state.connectionId().value())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("id", state.connectionId().value())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("revision", state.revision())
                .setParameter("state", json.write(state))
                .executeUpdate());
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
