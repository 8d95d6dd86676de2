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
import io.tokenwarden.outbox.Merge;
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
  private static final String KEEP_CONNECTION =
      """
      insert into connection_state
        (connection_id, workspace_id, generation, revision, state)
      values (:connection, :workspace, :generation, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id) do update
        set workspace_id = excluded.workspace_id,
            generation = excluded.generation,
            revision = excluded.revision,
            state = excluded.state,
            doubted_since = null,
            doubted_until = null
      """;

  private static final String KNOWN_CONNECTION =
      "select revision from connection_state where connection_id = :connection";

  private static final String KEEP_AD_ACCOUNT =
      """
      insert into ad_account_state
        (connection_id, ad_account_id, workspace_id, revision, state)
      values (:connection, :account, :workspace, :revision, cast(cast(:state as text) as jsonb))
      on conflict (connection_id, ad_account_id) do update
        set workspace_id = excluded.workspace_id,
            revision = excluded.revision,
            state = excluded.state
      """;

  private static final String KNOWN_AD_ACCOUNT =
      """
      select revision from ad_account_state
      where connection_id = :connection and ad_account_id = :account
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

  private final Merge merge;
  private final ObjectMapper json;

  @Inject
  MergedHealth(Merge merge, ObjectMapper json) {
    this.merge = merge;
    this.json = json;
  }

  /// Keeps the state of the connection if it is the newest. From here to its end the transaction
  /// has the health of the workspace for itself.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(ConnectionState state) {
    return merge.merge(state.workspaceId().value(), state, MergedHealth::knownRevision, this::keep);
  }

  private static Uni<Long> knownRevision(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KNOWN_CONNECTION, Long.class)
                .setParameter("connection", state.connectionId().value())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(ConnectionState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP_CONNECTION)
                .setParameter("connection", state.connectionId().value())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("generation", state.generation())
                .setParameter("revision", state.revision())
                .setParameter("state", text(state))
                .executeUpdate());
  }

  /// Keeps the state of an ad account, as its connection sees it, if it is the newest. From here to
  /// its end the transaction has the health of the workspace for itself.
  ///
  /// @return whether it is; if not, nothing changed
  public Uni<Boolean> merge(AssetState state) {
    return merge.merge(state.workspaceId().value(), state, MergedHealth::knownRevision, this::keep);
  }

  private static Uni<Long> knownRevision(AssetState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KNOWN_AD_ACCOUNT, Long.class)
                .setParameter("connection", state.connectionId().value())
                .setParameter("account", adAccount(state).digits())
                .getSingleResultOrNull());
  }

  private Uni<Integer> keep(AssetState state) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP_AD_ACCOUNT)
                .setParameter("connection", state.connectionId().value())
                .setParameter("account", adAccount(state).digits())
                .setParameter("workspace", state.workspaceId().value())
                .setParameter("revision", state.revision())
                .setParameter("state", text(state))
                .executeUpdate());
  }

  private static AdAccountId adAccount(AssetState state) {
    return AdAccountId.of(state.assetId());
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
