package io.tokenwarden.auth.handle;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.HandleEvent.HandleRevoked;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The handles we gave out. All methods work within the current session.
@ApplicationScoped
public class Handles implements PanacheRepositoryBase<Handle, UUID> {
  private final Connections connections;
  private final Outbox outbox;
  private final AuditLog audit;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  Handles(
      Connections connections, Outbox outbox, AuditLog audit, MeterRegistry metrics, Clock clock) {
    this.connections = connections;
    this.outbox = outbox;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  Uni<HandleView> mint(Minting order, String by) {
    var secret = HandleSecret.random();
    var id = Generators.timeBasedEpochGenerator().generate();
    var handle = Handle.minted(id, order, secret, by, clock.instant());
    return persist(handle)
        .call(() -> record(handle, by, "handle.minted", scope(handle)))
        .map(kept -> HandleView.minted(kept, secret));
  }

  private static String scope(Handle handle) {
    var assets = handle.assets().map(named -> named.size() + " named assets").orElse("all assets");
    return "handle %s, %s, %s, until %s"
        .formatted(handle.id(), handle.access().code(), assets, handle.expiresAt());
  }

  /// The newest first.
  ///
  /// @param before the id of the last handle of the page before
  Uni<List<Handle>> of(WorkspaceId workspace, Optional<UUID> before, int limit) {
    return before
        .map(id -> find("workspaceId = ?1 and id < ?2 order by id desc", workspace.value(), id))
        .orElseGet(() -> find("workspaceId = ?1 order by id desc", workspace.value()))
        .page(0, limit)
        .list();
  }

  /// The row, locked until the transaction ends.
  ///
  /// @return null if there is none
  Uni<Handle> lock(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /// From the commit on nobody is let in with it; whoever remembered it is told. Revoking twice is
  /// revoking once.
  Uni<Void> revoke(Handle handle, String by) {
    if (handle.isRevoked()) {
      return Uni.createFrom().voidItem();
    }
    var now = clock.instant();
    handle.revoke(now);
    return outbox
        .add(new HandleRevoked(handle.workspace(), handle.id(), handle.connectionId(), now))
        .chain(() -> record(handle, by, "handle.revoked", "handle " + handle.id()));
  }

  /// When the connection ends. Its handles do not come back with a later consent: whoever ended it
  /// meant them, too.
  public Uni<Void> revokeAllOf(Connection connection, String by) {
    return find(
            "connectionId = ?1 and revokedAt is null order by id",
            connection.connectionId().value())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list()
        .chain(found -> revokeAll(found, by));
  }

  private Uni<Void> revokeAll(List<Handle> found, String by) {
    return Multi.createFrom()
        .iterable(found)
        .onItem()
        .transformToUniAndConcatenate(handle -> revoke(handle, by))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> record(Handle handle, String by, String action, String detail) {
    return audit.add(by, action, handle.workspace(), handle.connectionId(), detail);
  }

  /// What a key opens. One that is unknown, revoked, over, or whose connection was ended opens
  /// nothing, and which of these it is nobody is told.
  Uni<Introspection> introspect(String key) {
    return HandleSecret.parse(key).map(this::known).orElseGet(() -> missed("malformed"));
  }

  private Uni<Introspection> known(HandleSecret secret) {
    return find("secretHash", secret.hash())
        .firstResult()
        .chain(handle -> handle == null ? missed("unknown") : look(handle));
  }

  private Uni<Introspection> look(Handle handle) {
    if (!handle.isGoodAt(clock.instant())) {
      return over(handle, handle.isRevoked() ? "revoked" : "expired");
    }
    return connections
        .find(handle.connectionId())
        .chain(connection -> isInUse(connection) ? hit(handle) : over(handle, "disconnected"));
  }

  /// A token that is dead or expired leaves the handle as it is: the person may reconnect.
  private static boolean isInUse(Connection connection) {
    return connection != null && connection.health().lifecycle() == Lifecycle.CONNECTED;
  }

  private Uni<Introspection> hit(Handle handle) {
    count("active");
    return Uni.createFrom().item(Introspection.of(handle));
  }

  private Uni<Introspection> over(Handle handle, String why) {
    count(why);
    return Uni.createFrom().item(Introspection.over(handle));
  }

  private Uni<Introspection> missed(String why) {
    count(why);
    return Uni.createFrom().item(Introspection.INACTIVE);
  }

  private void count(String outcome) {
    metrics.counter("tokenwarden.handle.introspections", "outcome", outcome).increment();
  }
}
