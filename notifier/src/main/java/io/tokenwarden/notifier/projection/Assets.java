package io.tokenwarden.notifier.projection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// The latest state of each asset of each connection. Everything here works on the current session.
@ApplicationScoped
public class Assets {
  private static final String KEEP =
      """
      insert into asset
        (connection_id, asset_id, workspace_id, asset_type, available, revision, state)
      values (:connection, :id, :workspace, :type, :available, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id, asset_id) do update
      set workspace_id = excluded.workspace_id,
          asset_type = excluded.asset_type,
          available = excluded.available,
          revision = excluded.revision,
          state = excluded.state
      """;

  private static final String KNOWN =
      "select revision from asset where connection_id = :connection and asset_id = :id";

  private static final String REMARKABLE =
      """
      select cast(state as text) from asset
      where connection_id = :connection
        and (not available or cast(state ->> 'beyondGrant' as boolean))
      """;

  private static final String LIST =
      """
      select cast(state as text) from asset
      where (:all or workspace_id = any(string_to_array(:workspaces, ' '))) and %s
      order by asset_id
      """;

  private final Merge merge;
  private final StateJson json;

  @Inject
  Assets(Merge merge, StateJson json) {
    this.merge = merge;
    this.json = json;
  }

  /// Keeps the state if it is the newest. From here to its end the transaction has what concerns
  /// the asset's connection for itself.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(AssetState state) {
    return merge.merge(Connections.subject(state.connectionId()), state, Assets::known, this::keep);
  }

  private static Uni<Long> known(AssetState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KNOWN, Long.class)
                .setParameter("connection", state.connectionId().value())
                .setParameter("id", state.assetId())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(AssetState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("connection", state.connectionId().value())
                .setParameter("id", state.assetId())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("type", state.assetType().name())
                .setParameter("available", state.available())
                .setParameter("revision", state.revision())
                .setParameter("state", json.write(state))
                .executeUpdate());
  }

  /// Those that cannot be reached, and those that are reached though they were not shared.
  public Uni<List<AssetState>> remarkable(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(REMARKABLE, String.class)
                .setParameter("connection", connection.value())
                .getResultList())
        .map(this::read);
  }

  public Uni<List<AssetState>> unavailable(Visible visible) {
    return list("not available", visible);
  }

  public Uni<List<AssetState>> adAccounts(Visible visible) {
    return list("asset_type = 'AD_ACCOUNT'", visible);
  }

  private Uni<List<AssetState>> list(String which, Visible visible) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(LIST.formatted(which), String.class)
                .setParameter("all", visible.all())
                .setParameter("workspaces", visible.words())
                .getResultList())
        .map(this::read);
  }

  private List<AssetState> read(List<String> stored) {
    return stored.stream().map(state -> json.read(AssetState.class, state)).toList();
  }
}
