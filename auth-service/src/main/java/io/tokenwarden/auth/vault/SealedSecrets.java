package io.tokenwarden.auth.vault;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.graph.AppSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/// Keeps what a workspace must not show and that is no access token, sealed with the workspace's
/// data key. Works within the current session; writing needs a transaction.
@ApplicationScoped
public class SealedSecrets {
  private static final String KEEP =
      """
      insert into sealed_secret (workspace_id, purpose, secret_id, sealed, created_at)
      values (:workspace, :purpose, :id, :sealed, :now)
      on conflict (workspace_id, purpose, secret_id)
      do update set sealed = excluded.sealed, created_at = excluded.created_at
      """;

  // one statement sees the secret and the key it was sealed with, whatever is re-sealed meanwhile
  private static final String READ =
      """
      select secret.sealed, key.wrapped
      from sealed_secret secret join workspace_key key using (workspace_id)
      where workspace_id = :workspace and purpose = :purpose and secret_id = :id
      """;

  private static final String FORGET =
      """
      delete from sealed_secret
      where workspace_id = :workspace and purpose = :purpose and secret_id = :id
      """;

  private static final Uni<Optional<AppSecret>> NOTHING = Uni.createFrom().item(Optional.empty());

  private final DataKeys keys;
  private final Clock clock;

  @Inject
  SealedSecrets(DataKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// Stores a secret in place of the one that was at the address, if any.
  public Uni<Void> keep(SecretAddress address, AppSecret secret) {
    return keys.toSealFor(address.workspace())
        .map(seal -> seal.close(secret, address.binding(), address))
        .chain(sealed -> store(address, sealed));
  }

  private Uni<Void> store(SecretAddress address, byte[] sealed) {
    return Panache.getSession()
        .chain(session ->
            at(address, session.createNativeQuery(KEEP))
                .setParameter("sealed", sealed)
                .setParameter("now", clock.instant())
                .executeUpdate())
        .replaceWithVoid();
  }

  /// @return empty if none is kept there
  /// @throws VaultException as the failure of the answer, if what lies there belongs elsewhere
  public Uni<Optional<AppSecret>> open(SecretAddress address) {
    return Panache.getSession()
        .chain(session ->
            at(address, session.createNativeQuery(READ, Object[].class)).getSingleResultOrNull())
        .chain(row -> row == null ? NOTHING : open(address, row).map(Optional::of));
  }

  private Uni<AppSecret> open(SecretAddress address, Object[] row) {
    return keys.toOpen(address.workspace(), (byte[]) row[1])
        .map(seal -> AppSecret.of(seal.open((byte[]) row[0], address.binding(), address)));
  }

  public Uni<Void> forget(SecretAddress address) {
    return Panache.getSession()
        .chain(session -> at(address, session.createNativeQuery(FORGET)).executeUpdate())
        .replaceWithVoid();
  }

  private static <Q extends Mutiny.AbstractQuery> Q at(SecretAddress address, Q query) {
    query.setParameter("workspace", address.workspace().value());
    query.setParameter("purpose", address.purpose().name());
    query.setParameter("id", address.id());
    return query;
  }
}
