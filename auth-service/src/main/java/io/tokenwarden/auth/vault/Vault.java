package io.tokenwarden.auth.vault;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/// Keeps access tokens. Works within the current session, so that a token and the state it belongs
/// to are stored together or not at all.
///
/// Two generations of a connection may lie side by side: the current one, and the next, staged
/// until it has worked. Each is sealed for its own address, so whoever opens the current address
/// cannot get the staged token.
///
/// ```
///   stage(n+1) ──▶ n and n+1 are kept ──promote(n+1)──▶ n+1 alone
///                         └────────────forgetAllBut(n)──▶ n alone
/// ```
@ApplicationScoped
public class Vault {
  private static final String STORE =
      """
      insert into access_token (connection_id, generation, sealed, created_at)
      values (:connection, :generation, :sealed, :now)
      on conflict (connection_id, generation)
      do update set sealed = excluded.sealed, created_at = excluded.created_at
      """;

  // one statement sees the token and the key it was sealed with, whatever is re-sealed meanwhile
  private static final String READ =
      """
      select token.sealed, key.wrapped
      from access_token token join workspace_key key on key.workspace_id = :workspace
      where token.connection_id = :connection and token.generation = :generation
      """;

  private static final String KEPT =
      "select count(*) from access_token where connection_id = :connection and generation = :generation";

  private static final String FORGET_OTHERS =
      "delete from access_token where connection_id = :connection and generation <> :generation";

  private static final String FORGET_ONE =
      "delete from access_token where connection_id = :connection and generation = :generation";

  private static final String FORGET = "delete from access_token where connection_id = :connection";

  private static final Uni<Optional<AccessToken>> NOTHING = Uni.createFrom().item(Optional.empty());

  private final DataKeys keys;
  private final SealedRows rows;
  private final Clock clock;

  @Inject
  Vault(DataKeys keys, SealedRows rows, Clock clock) {
    this.keys = keys;
    this.rows = rows;
    this.clock = clock;
  }

  /// Stores the token of a new generation in place of the connection's earlier ones.
  public Uni<Void> replace(TokenAddress address, AccessToken token) {
    return stage(address, token).chain(() -> forgetAllBut(address));
  }

  /// Stores a token beside the ones that are kept; in place of one that was staged at the same
  /// address.
  public Uni<Void> stage(TokenAddress address, AccessToken token) {
    return keys.toSealFor(address.workspace())
        .map(seal -> seal.close(token, address.binding(), address))
        .chain(sealed -> store(address, sealed));
  }

  private Uni<Void> store(TokenAddress address, byte[] sealed) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(STORE)
                .setParameter("connection", address.connection().value())
                .setParameter("generation", address.generation())
                .setParameter("sealed", sealed)
                .setParameter("now", clock.instant())
                .executeUpdate())
        .replaceWithVoid();
  }

  /// @return empty if no token of that generation is kept, or the workspace's key is gone
  /// @throws VaultException as the failure of the answer, if what lies there belongs elsewhere, or
  ///   the workspace's key cannot be unwrapped
  public Uni<Optional<AccessToken>> open(TokenAddress address) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(READ, Object[].class)
                .setParameter("workspace", address.workspace().value())
                .setParameter("connection", address.connection().value())
                .setParameter("generation", address.generation())
                .getSingleResultOrNull())
        .chain(row -> row == null ? NOTHING : open(address, row).map(Optional::of));
  }

  private Uni<AccessToken> open(TokenAddress address, Object[] row) {
    return keys.toOpen(address.workspace(), (byte[]) row[1])
        .map(seal -> AccessToken.of(seal.open((byte[]) row[0], address.binding(), address)));
  }

  /// Makes a staged token the only one. Whoever calls this has made its generation the connection's
  /// current one, in the same transaction and under the lock of the connection's row.
  ///
  /// @throws VaultException as the failure of the answer, if none is kept at the address
  public Uni<Void> promote(TokenAddress address) {
    return isKept(address)
        .chain(kept -> {
          if (!kept) {
            throw new VaultException("There is no token to promote at " + address, null);
          }
          return forgetAllBut(address);
        });
  }

  private static Uni<Boolean> isKept(TokenAddress address) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEPT, Long.class)
                .setParameter("connection", address.connection().value())
                .setParameter("generation", address.generation())
                .getSingleResult())
        .map(count -> count > 0);
  }

  /// Deletes the connection's other tokens: earlier ones, or a staged one that was rejected.
  public Uni<Void> forgetAllBut(TokenAddress address) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FORGET_OTHERS)
                .setParameter("connection", address.connection().value())
                .setParameter("generation", address.generation())
                .executeUpdate())
        .replaceWithVoid();
  }

  /// Seals the tokens of a connection for later generations: the same tokens at new addresses.
  /// Needs the lock of the connection's row.
  ///
  /// @param leap how far each generation moves
  /// @throws VaultException as the failure of the answer, if one of them cannot be opened: then
  ///   none was moved, and the transaction may go on
  public Uni<Void> move(WorkspaceId workspace, ConnectionId connection, long leap) {
    return rows.tokens(connection)
        .chain(tokens ->
            tokens.isEmpty()
                ? Uni.createFrom().voidItem()
                : keys.toSealFor(workspace)
                    .chain(seal -> rows.move(workspace, tokens, leap, seal)));
  }

  /// Makes everything that was ever sealed for a workspace unreadable, in every copy made without
  /// its data key too, by deleting that key; then deletes the rows. What is kept for the workspace
  /// later gets a new key.
  ///
  /// @return whether there was a key
  public Uni<Boolean> shred(WorkspaceId workspace) {
    return keys.delete(workspace).call(() -> rows.delete(workspace));
  }

  /// Deletes the token at one address.
  public Uni<Void> forget(TokenAddress address) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FORGET_ONE)
                .setParameter("connection", address.connection().value())
                .setParameter("generation", address.generation())
                .executeUpdate())
        .replaceWithVoid();
  }

  /// Deletes every token of a connection, a staged one included.
  public Uni<Void> forget(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FORGET)
                .setParameter("connection", connection.value())
                .executeUpdate())
        .replaceWithVoid();
  }
}
