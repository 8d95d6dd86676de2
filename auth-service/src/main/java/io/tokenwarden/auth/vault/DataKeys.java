package io.tokenwarden.auth.vault;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.vault.kek.KeyEncryptionKey;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/// The data keys of workspaces, each wrapped by the operator's key. What reads or writes rows works
/// within the current session.
///
/// Whoever seals shares the lock of the key's row until the transaction ends; whoever takes a key
/// away locks the row alone, and then looks whether anything is sealed with it. So nothing is ever
/// sealed with a key that is gone. Whoever opens reads ciphertext and key in one statement.
@ApplicationScoped
class DataKeys {
  private static final String SHARED =
      "select wrapped from workspace_key where workspace_id = :workspace for share";

  private static final String READ =
      "select wrapped, kek_id from workspace_key where workspace_id = :workspace";

  private static final String INSERT =
      """
      insert into workspace_key (workspace_id, wrapped, kek_id, created_at)
      values (:workspace, :wrapped, :kek, :now)
      on conflict do nothing
      """;

  private static final String REPLACE =
      """
      update workspace_key set wrapped = :wrapped, kek_id = :kek
      where workspace_id = :workspace and wrapped = :before
      """;

  private static final String DELETE = "delete from workspace_key where workspace_id = :workspace";

  private final KeyEncryptionKey kek;
  private final RememberedKeys remembered;
  private final Clock clock;

  @Inject
  DataKeys(KeyEncryptionKey kek, VaultConfig config, Clock clock) {
    this.kek = kek;
    this.remembered = new RememberedKeys(config.remember(), clock);
    this.clock = clock;
  }

  /// What seals for the workspace; its key is made if there is none yet, and is not taken away
  /// before the current transaction ends.
  Uni<Seal> toSealFor(WorkspaceId workspace) {
    return keyOf(workspace).map(UnwrappedKey::seal);
  }

  /// As [#toSealFor], with the key's id.
  Uni<UnwrappedKey> keyOf(WorkspaceId workspace) {
    return shared(workspace)
        .chain(stored ->
            stored == null ? make(workspace).chain(() -> shared(workspace)) : item(stored))
        .chain(stored -> unwrap(workspace, stored));
  }

  private static Uni<byte[]> item(byte[] stored) {
    return Uni.createFrom().item(stored);
  }

  private static Uni<byte[]> shared(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(SHARED, byte[].class)
                .setParameter("workspace", workspace.value())
                .getSingleResultOrNull());
  }

  /// Another transaction may be first: what lies in the table afterwards counts.
  private Uni<Integer> make(WorkspaceId workspace) {
    return wrap(workspace, DataKeyset.generate()).chain(made -> insert(workspace, made));
  }

  private Uni<Integer> insert(WorkspaceId workspace, StoredKey made) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(INSERT)
                .setParameter("workspace", workspace.value())
                .setParameter("wrapped", made.wrapped())
                .setParameter("kek", made.kekId())
                .setParameter("now", clock.instant())
                .executeUpdate());
  }

  /// What opens for the workspace.
  ///
  /// @param stored the wrapped key, read in the same statement as what is to be opened
  Uni<Seal> toOpen(WorkspaceId workspace, byte[] stored) {
    return unwrap(workspace, stored).map(UnwrappedKey::seal);
  }

  /// Needs no session. An operator's key that is asked over the network is asked once in a while:
  /// what it unwrapped is remembered.
  Uni<UnwrappedKey> unwrap(WorkspaceId workspace, byte[] stored) {
    return remembered
        .find(workspace, stored)
        .map(key -> Uni.createFrom().item(key))
        .orElseGet(() -> unwrapAnew(workspace, stored));
  }

  private Uni<UnwrappedKey> unwrapAnew(WorkspaceId workspace, byte[] stored) {
    return kek.unwrap(DataKeyset.wrappedIn(stored), binding(workspace))
        .map(plain -> UnwrappedKey.of(DataKeyset.parse(plain)))
        .invoke(key -> remembered.remember(workspace, stored, key));
  }

  /// Needs no session.
  Uni<StoredKey> wrap(WorkspaceId workspace, DataKeyset keyset) {
    return kek.wrap(keyset.reveal(), binding(workspace))
        .map(wrapped -> new StoredKey(DataKeyset.stored(wrapped.bytes()), wrapped.kekId()))
        .invoke(
            stored -> remembered.remember(workspace, stored.wrapped(), UnwrappedKey.of(keyset)));
  }

  private static byte[] binding(WorkspaceId workspace) {
    return ("tokenwarden/data-key/v1\n" + workspace).getBytes(StandardCharsets.UTF_8);
  }

  /// @return empty if the workspace has none
  Uni<Optional<StoredKey>> read(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(READ, Object[].class)
                .setParameter("workspace", workspace.value())
                .getSingleResultOrNull())
        .map(row ->
            Optional.ofNullable(row)
                .map(found -> new StoredKey((byte[]) found[0], (String) found[1])));
  }

  /// Stores a key in place of another, unless that was replaced by someone else.
  ///
  /// @return whether it was stored
  Uni<Boolean> replace(WorkspaceId workspace, StoredKey before, StoredKey after) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(REPLACE)
                .setParameter("workspace", workspace.value())
                .setParameter("before", before.wrapped())
                .setParameter("wrapped", after.wrapped())
                .setParameter("kek", after.kekId())
                .executeUpdate())
        .map(changed -> changed == 1);
  }

  /// What was sealed for the workspace can never be opened again, in no replica and in no backup of
  /// the other tables. Waits for whoever seals for it now.
  ///
  /// @return whether there was a key
  Uni<Boolean> delete(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(DELETE)
                .setParameter("workspace", workspace.value())
                .executeUpdate())
        .map(deleted -> deleted == 1);
  }
}
