package io.tokenwarden.sync.health;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/// The merged states of connections and ad accounts. Everything here works within the current
/// transaction.
@ApplicationScoped
public class MergedHealth {
  private static final String MERGE_CONNECTION =
      """
      insert into connection_state as known
        (connection_id, workspace_id, generation, revision, state)
      values (:connection, :workspace, :generation, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id) do update
        set workspace_id = excluded.workspace_id,
            generation = excluded.generation,
            revision = excluded.revision,
            state = excluded.state,
            doubted_since = null,
            doubted_until = null
        where known.revision < excluded.revision
      """;

  private static final String MERGE_AD_ACCOUNT =
      """
      insert into ad_account_state as known
        (connection_id, ad_account_id, workspace_id, revision, state)
      values (:connection, :account, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id, ad_account_id) do update
        set workspace_id = excluded.workspace_id,
            revision = excluded.revision,
            state = excluded.state
        where known.revision < excluded.revision
      """;

  private static final String COVERING_CONNECTIONS =
      """
      select cast(state as text) from connection_state
      where connection_id in (
        select connection_id from ad_account_state
        where workspace_id = :workspace and ad_account_id in (:accounts))
      """;

  private static final String COVERED_ACCOUNTS =
      """
      select cast(state as text) from ad_account_state
      where workspace_id = :workspace and ad_account_id in (:accounts)
      """;

  private final ObjectMapper json;

  @Inject
  MergedHealth(ObjectMapper json) {
    this.json = json;
  }

  /// Lets no other transaction of any replica change the health of the workspace until this one
  /// ends.
  public Uni<Void> lock(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select cast(pg_advisory_xact_lock(hashtextextended(:id, 0)) as text)",
                    String.class)
                .setParameter("id", workspace.value())
                .getSingleResult())
        .replaceWithVoid();
  }

  /// Keeps the state of the connection if it is the newest.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(MERGE_CONNECTION)
                .setParameter("connection", state.connectionId().value())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("generation", state.generation())
                .setParameter("revision", state.revision())
                .setParameter("state", text(state))
                .executeUpdate())
        .map(rows -> rows == 1);
  }

  /// Keeps the state of the ad account, as its connection sees it, if it is the newest.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(AdAccountId account, AssetState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(MERGE_AD_ACCOUNT)
                .setParameter("connection", state.connectionId().value())
                .setParameter("account", account.digits())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("revision", state.revision())
                .setParameter("state", text(state))
                .executeUpdate())
        .map(rows -> rows == 1);
  }

  /// The ad accounts that the connection knows, available or not.
  public Uni<Set<AdAccountId>> adAccountsOf(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select ad_account_id from ad_account_state where connection_id = :connection",
                    String.class)
                .setParameter("connection", connection.value())
                .getResultList())
        .map(ids -> ids.stream().map(AdAccountId::of).collect(toUnmodifiableSet()));
  }

  /// Who covers these ad accounts. An account that only connections cover of which nothing is known
  /// yet is among them not at all or with the others alone.
  public Uni<List<Cover>> covers(WorkspaceId workspace, Collection<AdAccountId> accounts) {
    if (accounts.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    var digits = accounts.stream().map(AdAccountId::digits).toList();
    return Panache.getSession()
        .chain(session ->
            states(session, COVERING_CONNECTIONS, workspace, digits, ConnectionState.class)
                .chain(connections ->
                    states(session, COVERED_ACCOUNTS, workspace, digits, AssetState.class)
                        .map(assets -> join(connections, assets))));
  }

  private <T> Uni<List<T>> states(
      Mutiny.Session session,
      String query,
      WorkspaceId workspace,
      List<String> accounts,
      Class<T> type) {
    return session
        .createNativeQuery(query, String.class)
        .setParameter("workspace", workspace.value())
        .setParameter("accounts", accounts)
        .getResultList()
        .map(texts -> texts.stream().map(text -> state(text, type)).toList());
  }

  private static List<Cover> join(List<ConnectionState> connections, List<AssetState> accounts) {
    Map<ConnectionId, ConnectionState> byId =
        connections.stream().collect(toMap(ConnectionState::connectionId, Function.identity()));
    return accounts.stream()
        .filter(account -> byId.containsKey(account.connectionId()))
        .map(account -> new Cover(byId.get(account.connectionId()), account))
        .toList();
  }

  private String text(Object state) {
    try {
      return json.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing a merged state", e);
    }
  }

  private <T> T state(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Reading a merged state", e);
    }
  }
}
