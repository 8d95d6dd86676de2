package io.tokenwarden.auth.handoff;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// The handoffs under way. Each step takes its secret once: two browsers with the same ticket, or
/// two callbacks with the same state, cannot both pass.
@ApplicationScoped
class Handoffs implements PanacheRepositoryBase<Handoff, UUID> {
  private final HandoffConfig config;
  private final Clock clock;

  @Inject
  Handoffs(HandoffConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /// Within a transaction.
  ///
  /// @return the ticket, which is shown once
  Uni<OneTimeSecret> open(
      WorkspaceId workspace,
      String appId,
      Optional<ConnectionId> connection,
      ReturnTo returnTo,
      String createdBy) {
    var ticket = OneTimeSecret.random();
    var id = Generators.timeBasedEpochGenerator().generate();
    var expiresAt = clock.instant().plus(config.handoffTtl());
    return persist(
            Handoff.to(id, workspace, appId, connection, returnTo, createdBy, ticket, expiresAt))
        .replaceWith(ticket);
  }

  /// Takes the ticket and remembers the secrets of this run.
  ///
  /// @return empty if the ticket is unknown, used or too old
  @WithTransaction
  Uni<Optional<Handoff>> start(OneTimeSecret ticket, OneTimeSecret state, OneTimeSecret browser) {
    var now = clock.instant();
    return locked("ticketHash", ticket)
        .map(found -> found.filter(handoff -> handoff.canStart(now)))
        .invoke(found -> found.ifPresent(handoff -> handoff.start(state, browser, now)));
  }

  /// Takes the state, if it comes back in the browser it was given to.
  ///
  /// @return empty if it is unknown, used, too old, or another browser's
  @WithTransaction
  Uni<Optional<Handoff>> finish(OneTimeSecret state, OneTimeSecret browser) {
    var now = clock.instant();
    return locked("stateHash", state)
        .map(found -> found.filter(h -> h.canFinish(now) && h.startedIn(browser)))
        .invoke(found -> found.ifPresent(handoff -> handoff.use(now)));
  }

  private Uni<Optional<Handoff>> locked(String column, OneTimeSecret secret) {
    return find(column, secret.hash())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .map(Optional::ofNullable);
  }

  Duration timeToLive() {
    return config.handoffTtl();
  }
}
