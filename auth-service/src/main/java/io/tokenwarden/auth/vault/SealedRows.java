package io.tokenwarden.auth.vault;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.vault.SecretAddress.Purpose;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// What is sealed, row by row: to be sealed anew. Nothing leaves this unsealed. Works within the
/// current transaction; rows stay locked until it ends.
@ApplicationScoped
class SealedRows {
  private static final String TOKENS_OF_KEYS =
      """
      select token.connection_id, token.generation, token.sealed
      from access_token token join connection on connection.id = token.connection_id
      where connection.workspace_id = :workspace and sealed_key_id(token.sealed) in (:keys)
      order by token.connection_id, token.generation
      limit :most
      for update of token
      """;

  private static final String SECRETS_OF_KEYS =
      """
      select purpose, secret_id, sealed from sealed_secret
      where workspace_id = :workspace and sealed_key_id(sealed) in (:keys)
      order by purpose, secret_id
      limit :most
      for update
      """;

  private static final String COUNT_OF_KEYS =
      """
      select (select count(*)
              from access_token token join connection on connection.id = token.connection_id
              where connection.workspace_id = :workspace and sealed_key_id(token.sealed) in (:keys))
           + (select count(*) from sealed_secret
              where workspace_id = :workspace and sealed_key_id(sealed) in (:keys))
      """;

  private static final String TOKENS_OF_CONNECTION =
      """
      select connection_id, generation, sealed from access_token
      where connection_id = :connection
      order by generation desc
      for update
      """;

  private static final String PUT_TOKEN =
      """
      update access_token set generation = :after, sealed = :sealed
      where connection_id = :connection and generation = :before
      """;

  private static final String PUT_SECRET =
      """
      update sealed_secret set sealed = :sealed
      where workspace_id = :workspace and purpose = :purpose and secret_id = :id
      """;

  private static final String DELETE_TOKENS =
      """
      delete from access_token where connection_id in
        (select id from connection where workspace_id = :workspace)
      """;

  private static final String DELETE_SECRETS =
      "delete from sealed_secret where workspace_id = :workspace";

  /// Seals anew what an earlier data key of the workspace sealed, tokens first. What was sealed
  /// with a key that is gone cannot be opened by anyone, and stays as it is.
  ///
  /// @param key read in this transaction, with the shared lock of its row
  /// @param most how many of each kind
  /// @return how many that were; none: all is sealed with the primary key
  Uni<Integer> reseal(WorkspaceId workspace, UnwrappedKey key, int most) {
    if (key.keyset().earlierIds().isEmpty()) {
      return Uni.createFrom().item(0);
    }
    return ofKeys(TOKENS_OF_KEYS, workspace, key, most)
        .call(rows -> inTurn(rows, row -> resealToken(workspace, row, key.seal())))
        .chain(tokens ->
            ofKeys(SECRETS_OF_KEYS, workspace, key, most)
                .call(rows -> inTurn(rows, row -> resealSecret(workspace, row, key.seal())))
                .map(secrets -> tokens.size() + secrets.size()));
  }

  private static Uni<List<Object[]>> ofKeys(
      String query, WorkspaceId workspace, UnwrappedKey key, int most) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(query, Object[].class)
                .setParameter("workspace", workspace.value())
                .setParameter("keys", key.keyset().earlierIds())
                .setParameter("most", most)
                .getResultList());
  }

  private static Uni<Integer> resealToken(WorkspaceId workspace, Object[] row, Seal seal) {
    var address = token(workspace, row);
    return put(address, address, (byte[]) row[2], seal);
  }

  private static TokenAddress token(WorkspaceId workspace, Object[] row) {
    var generation = ((Number) row[1]).longValue();
    return new TokenAddress(workspace, new ConnectionId((UUID) row[0]), generation);
  }

  /// Opens and seals at once; writes when it is subscribed to.
  private static Uni<Integer> put(
      TokenAddress before, TokenAddress after, byte[] sealed, Seal seal) {
    var anew = seal.again(sealed, before.binding(), after.binding(), before);
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(PUT_TOKEN)
                .setParameter("connection", before.connection().value())
                .setParameter("before", before.generation())
                .setParameter("after", after.generation())
                .setParameter("sealed", anew)
                .executeUpdate());
  }

  private static Uni<Integer> resealSecret(WorkspaceId workspace, Object[] row, Seal seal) {
    var address = new SecretAddress(workspace, Purpose.valueOf((String) row[0]), (String) row[1]);
    var anew = seal.again((byte[]) row[2], address.binding(), address.binding(), address);
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(PUT_SECRET)
                .setParameter("workspace", workspace.value())
                .setParameter("purpose", row[0])
                .setParameter("id", row[1])
                .setParameter("sealed", anew)
                .executeUpdate());
  }

  /// What in the workspace is sealed with one of these keys.
  Uni<Long> count(WorkspaceId workspace, Set<Long> keyIds) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(COUNT_OF_KEYS, Long.class)
                .setParameter("workspace", workspace.value())
                .setParameter("keys", keyIds)
                .getSingleResult());
  }

  /// The tokens of a connection, the latest first.
  Uni<List<Object[]>> tokens(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(TOKENS_OF_CONNECTION, Object[].class)
                .setParameter("connection", connection.value())
                .getResultList());
  }

  /// Moves tokens to later generations. All are opened before the first is written: it moves all of
  /// them or fails and moves none.
  ///
  /// @param tokens as [#tokens] gave them
  Uni<Void> move(WorkspaceId workspace, List<Object[]> tokens, long leap, Seal seal) {
    var writes = tokens.stream().map(row -> move(token(workspace, row), leap, row, seal)).toList();
    return inTurn(writes, write -> write);
  }

  private static Uni<Integer> move(TokenAddress from, long leap, Object[] row, Seal seal) {
    return put(from, from.plus(leap), (byte[]) row[2], seal);
  }

  /// Deletes all that is sealed for a workspace.
  Uni<Void> delete(WorkspaceId workspace) {
    return delete(DELETE_TOKENS, workspace)
        .chain(() -> delete(DELETE_SECRETS, workspace))
        .replaceWithVoid();
  }

  private static Uni<Integer> delete(String statement, WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(statement)
                .setParameter("workspace", workspace.value())
                .executeUpdate());
  }

  /// One after the other: a session does one thing at a time.
  private static <T> Uni<Void> inTurn(List<T> rows, Function<T, Uni<Integer>> work) {
    return Multi.createFrom()
        .iterable(rows)
        .onItem()
        .transformToUniAndConcatenate(work::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
