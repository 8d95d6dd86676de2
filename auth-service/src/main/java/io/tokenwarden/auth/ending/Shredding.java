package io.tokenwarden.auth.ending;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// Makes what is sealed for a workspace unreadable for ever, and ends its connections, all in one
/// transaction. Needs no key: one that cannot be unwrapped any more is shredded all the same.
@ApplicationScoped
class Shredding {
  private static final String KNOWN =
      """
      select exists (select from connection where workspace_id = :workspace)
        or exists (select from workspace_key where workspace_id = :workspace)
        or exists (select from meta_app where workspace_id = :workspace)
      """;

  private final Connections connections;
  private final Vault vault;
  private final Ends ends;
  private final AuditLog audit;

  @Inject
  Shredding(Connections connections, Vault vault, Ends ends, AuditLog audit) {
    this.connections = connections;
    this.vault = vault;
    this.ends = ends;
    this.audit = audit;
  }

  /// What was done. The second time that is nothing.
  ///
  /// @param keyDeleted whether the workspace had a data key
  /// @param connectionsEnded those that were in use until now
  record Shredded(WorkspaceId workspaceId, boolean keyDeleted, int connectionsEnded) {
    boolean changedAnything() {
      return keyDeleted || connectionsEnded > 0;
    }
  }

  /// Connections are locked in the order of their ids and before the key, as by everybody, a
  /// restore included. Who connects at the same time is either ended with the rest, or comes after
  /// it and gets a new key.
  ///
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem as the failure of the answer: 404 if
  ///   nothing was ever kept for the workspace
  @WithTransaction
  Uni<Shredded> shred(WorkspaceId workspace, String by) {
    return requireKnown(workspace)
        .chain(() -> connections.lock(workspace))
        .chain(() -> vault.shred(workspace))
        .chain(keyDeleted ->
            endAll(workspace, by).map(ended -> new Shredded(workspace, keyDeleted, ended)))
        .call(shredded -> record(shredded, by));
  }

  private static Uni<Void> requireKnown(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KNOWN, Boolean.class)
                .setParameter("workspace", workspace.value())
                .getSingleResult())
        .invoke(known -> {
          if (!known) {
            throw Problems.notFound("There is no such workspace");
          }
        })
        .replaceWithVoid();
  }

  /// Asks anew which there are: one that was being connected has its row only now.
  private Uni<Integer> endAll(WorkspaceId workspace, String by) {
    return connections
        .lock(workspace)
        .map(Shredding::inUse)
        .call(found -> endAll(found, by))
        .map(List::size);
  }

  private static List<Connection> inUse(List<Connection> found) {
    return found.stream()
        .filter(connection -> connection.lifecycle() == Lifecycle.CONNECTED)
        .toList();
  }

  /// One after the other: a session does one thing at a time.
  private Uni<Void> endAll(List<Connection> found, String by) {
    return Multi.createFrom()
        .iterable(found)
        .onItem()
        .transformToUniAndConcatenate(connection -> ends.shredded(connection, by))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> record(Shredded shredded, String by) {
    return shredded.changedAnything()
        ? audit.add(
            by,
            "workspace.shredded",
            shredded.workspaceId(),
            null,
            "%d connections ended".formatted(shredded.connectionsEnded()))
        : Uni.createFrom().voidItem();
  }
}
