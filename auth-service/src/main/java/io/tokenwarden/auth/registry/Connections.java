package io.tokenwarden.auth.registry;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.connection.ScopeChange;
import io.tokenwarden.auth.connection.TokenPolicy;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.Outbox;
import io.tokenwarden.outbox.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The connections we keep. All methods work within the current session.
@ApplicationScoped
public class Connections implements PanacheRepositoryBase<Connection, UUID> {
  private final Vault vault;
  private final Announcements announcements;
  private final Outbox outbox;
  private final TransactionLock lock;
  private final AuditLog audit;
  private final TokenPolicy policy;
  private final Clock clock;

  @Inject
  Connections(
      Vault vault,
      Announcements announcements,
      Outbox outbox,
      TransactionLock lock,
      AuditLog audit,
      TokenPolicy policy,
      Clock clock) {
    this.vault = vault;
    this.announcements = announcements;
    this.outbox = outbox;
    this.lock = lock;
    this.audit = audit;
    this.policy = policy;
    this.clock = clock;
  }

  /// @return null if there is none
  public Uni<Connection> find(ConnectionId id) {
    return findById(id.value());
  }

  /// The row, locked until the transaction ends: whoever changes a connection reads it like this.
  ///
  /// @return null if there is none
  public Uni<Connection> lock(ConnectionId id) {
    return findById(id.value(), LockModeType.PESSIMISTIC_WRITE);
  }

  /// The rows of a workspace, locked in one order until the transaction ends.
  public Uni<List<Connection>> lock(WorkspaceId workspace) {
    return find("workspaceId", Sort.by("id"), workspace.value())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  public Uni<List<Connection>> of(WorkspaceId workspace) {
    return list("workspaceId", Sort.by("connectedAt", "id"), workspace.value());
  }

  /// Stores a token after a person's consent and announces it. An identity that is already
  /// connected to the workspace keeps its connection and gets its next generation, also where two
  /// consents come at once.
  public Uni<Connection> connect(WorkspaceId workspace, String connectedBy, ConnectedToken token) {
    return oneAtATime(workspace, token)
        .chain(() -> known(workspace, token))
        .chain(known ->
            known == null
                ? insert(workspace, connectedBy, token)
                : reconnect(known, connectedBy, token));
  }

  /// An identity that is not connected yet has no row to lock.
  private Uni<Void> oneAtATime(WorkspaceId workspace, ConnectedToken token) {
    return lock.take("connect/%s/%s/%s".formatted(workspace, token.appId(), token.metaUserId()));
  }

  private Uni<Connection> known(WorkspaceId workspace, ConnectedToken token) {
    return find(
            "workspaceId = ?1 and appId = ?2 and metaUserId = ?3",
            workspace.value(),
            token.appId(),
            token.metaUserId())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult();
  }

  private Uni<Connection> insert(WorkspaceId workspace, String connectedBy, ConnectedToken token) {
    var now = clock.instant();
    var id = Generators.timeBasedEpochGenerator().generate();
    var connection = Connection.first(id, workspace, connectedBy, token, policy, now);
    return persistAndFlush(connection)
        .chain(() -> stored(connection, connectedBy, token, false, now));
  }

  private Uni<Connection> reconnect(
      Connection connection, String connectedBy, ConnectedToken token) {
    var now = clock.instant();
    connection.reconnected(token, policy, now);
    return stored(connection, connectedBy, token, true, now);
  }

  private Uni<Connection> stored(
      Connection connection, String by, ConnectedToken token, boolean reconnected, Instant now) {
    var origin = reconnected ? "reconnected" : "connected";
    return vault
        .replace(connection.tokenAddress(), token.token())
        .chain(() -> outbox.add(new TokenConnected(connection.state(now), reconnected)))
        .chain(() -> announcements.health(connection, Origin.of(origin), now))
        .chain(() -> tellMissing(connection, now))
        .chain(() ->
            audit.add(
                by,
                "connection." + origin,
                connection.workspace(),
                connection.connectionId(),
                "generation " + connection.generation()))
        .replaceWith(connection);
  }

  /// Consent may be partial: what is still missing is said at every consent.
  private Uni<Void> tellMissing(Connection connection, Instant now) {
    var missing = connection.missingScopes();
    return announcements.scopes(
        connection, new ScopeChange(missing.scopes(), List.of(), missing), now);
  }
}
