package io.tokenwarden.auth.vault;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// The data keys of workspaces, within the current session.
@ApplicationScoped
class DataKeys {
  private final KeyEncryptionKey kek;
  private final Clock clock;

  @Inject
  DataKeys(KeyEncryptionKey kek, Clock clock) {
    this.kek = kek;
    this.clock = clock;
  }

  /// The workspace's key, made if there is none yet. It is not taken away before the current
  /// transaction ends.
  Uni<Seal> toSealFor(WorkspaceId workspace) {
    return wrapped(workspace)
        .onItem()
        .ifNull()
        .switchTo(() -> insert(workspace))
        .map(wrapped -> unwrap(workspace, wrapped));
  }

  /// @param wrapped read in the same statement as what is to be opened
  Seal unwrap(WorkspaceId workspace, byte[] wrapped) {
    return new Seal(kek.unwrap(workspace, wrapped));
  }

  private static Uni<byte[]> wrapped(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "select wrapped from workspace_key where workspace_id = :workspace for share",
                    byte[].class)
                .setParameter("workspace", workspace.value())
                .getSingleResultOrNull());
  }

  /// Another transaction may be first: what lies in the table afterwards counts.
  private Uni<byte[]> insert(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    insert into workspace_key (workspace_id, wrapped, created_at)
                    values (:workspace, :wrapped, :now)
                    on conflict do nothing
                    """)
                .setParameter("workspace", workspace.value())
                .setParameter("wrapped", kek.newDataKey(workspace))
                .setParameter("now", clock.instant())
                .executeUpdate())
        .chain(() -> wrapped(workspace));
  }
}
