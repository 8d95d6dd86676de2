package io.tokenwarden.auth.vault;

import com.google.crypto.tink.Aead;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/// Keeps access tokens. Works within the current session, so that a token and the state it belongs
/// to are stored together or not at all.
@ApplicationScoped
public class Vault {
  private static final byte FORMAT = 1;

  private final KeyEncryptionKey kek;
  private final Clock clock;

  @Inject
  Vault(KeyEncryptionKey kek, Clock clock) {
    this.kek = kek;
    this.clock = clock;
  }

  /// Stores the token of a new generation in place of the connection's earlier ones.
  public Uni<Void> replace(TokenAddress address, AccessToken token) {
    return Panache.getSession()
        .chain(session ->
            dataKey(session, address.workspace())
                .map(key -> seal(key, address, token))
                .call(() -> forget(session, address))
                .chain(sealed -> insert(session, address, sealed)));
  }

  /// @return empty if no token of that generation is kept
  public Uni<Optional<AccessToken>> open(TokenAddress address) {
    return Panache.getSession()
        .chain(session ->
            sealedToken(session, address)
                .chain(sealed ->
                    sealed == null
                        ? Uni.createFrom().item(Optional.<AccessToken>empty())
                        : dataKey(session, address.workspace())
                            .map(key -> Optional.of(open(key, address, sealed)))));
  }

  private Uni<Aead> dataKey(Mutiny.Session session, WorkspaceId workspace) {
    return wrappedKey(session, workspace)
        .onItem()
        .ifNull()
        .switchTo(() -> insertKey(session, workspace))
        .map(wrapped -> kek.unwrap(workspace, wrapped));
  }

  private static Uni<byte[]> wrappedKey(Mutiny.Session session, WorkspaceId workspace) {
    return session
        .createNativeQuery(
            "select wrapped from workspace_key where workspace_id = :workspace", byte[].class)
        .setParameter("workspace", workspace.value())
        .getSingleResultOrNull();
  }

  /// Another transaction may be first: what lies in the table afterwards counts.
  private Uni<byte[]> insertKey(Mutiny.Session session, WorkspaceId workspace) {
    return session
        .createNativeQuery(
            """
            insert into workspace_key (workspace_id, wrapped, created_at)
            values (:workspace, :wrapped, :now)
            on conflict do nothing
            """)
        .setParameter("workspace", workspace.value())
        .setParameter("wrapped", kek.newDataKey(workspace))
        .setParameter("now", clock.instant())
        .executeUpdate()
        .chain(() -> wrappedKey(session, workspace));
  }

  private static Uni<byte[]> sealedToken(Mutiny.Session session, TokenAddress address) {
    return session
        .createNativeQuery(
            """
            select sealed from access_token
            where connection_id = :connection and generation = :generation
            """,
            byte[].class)
        .setParameter("connection", address.connection().value())
        .setParameter("generation", address.generation())
        .getSingleResultOrNull();
  }

  private static Uni<Integer> forget(Mutiny.Session session, TokenAddress address) {
    return session
        .createNativeQuery("delete from access_token where connection_id = :connection")
        .setParameter("connection", address.connection().value())
        .executeUpdate();
  }

  private Uni<Void> insert(Mutiny.Session session, TokenAddress address, byte[] sealed) {
    return session
        .createNativeQuery(
            """
            insert into access_token (connection_id, generation, sealed, created_at)
            values (:connection, :generation, :sealed, :now)
            """)
        .setParameter("connection", address.connection().value())
        .setParameter("generation", address.generation())
        .setParameter("sealed", sealed)
        .setParameter("now", clock.instant())
        .executeUpdate()
        .replaceWithVoid();
  }

  private static byte[] seal(Aead key, TokenAddress address, AccessToken token) {
    try {
      var plain = token.revealSecret().getBytes(StandardCharsets.US_ASCII);
      var cipher = key.encrypt(plain, address.binding());
      Arrays.fill(plain, (byte) 0);
      var sealed = new byte[cipher.length + 1];
      sealed[0] = FORMAT;
      System.arraycopy(cipher, 0, sealed, 1, cipher.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot seal the token of " + address, e);
    }
  }

  private static AccessToken open(Aead key, TokenAddress address, byte[] sealed) {
    if (sealed.length == 0 || sealed[0] != FORMAT) {
      throw new VaultException("The token of " + address + " has an unknown format", null);
    }
    try {
      var plain = key.decrypt(Arrays.copyOfRange(sealed, 1, sealed.length), address.binding());
      return AccessToken.of(new String(plain, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot open the token of " + address, e);
    }
  }
}
