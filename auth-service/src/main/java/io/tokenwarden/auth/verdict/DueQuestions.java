package io.tokenwarden.auth.verdict;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.outbox.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// The questions that are due to be asked. Claiming one leases it for longer than asking can take,
/// so that no two replicas ask it at once; when its replica is gone, another may claim it.
@ApplicationScoped
class DueQuestions implements PanacheRepositoryBase<Question, UUID> {
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final String DUE =
      """
      select id from question
      where answered_at is null and due_at <= :now
        and (leased_until is null or leased_until <= :now or not lease_holder_lives(leased_by))
      order by due_at
      limit 1
      for update skip locked
      """;

  private static final Uni<Optional<AskedQuestion>> NONE = Uni.createFrom().item(Optional.empty());

  private final Replica replica;
  private final Connections connections;
  private final Vault vault;
  private final MetaApps apps;
  private final Clock clock;

  @Inject
  DueQuestions(Replica replica, Connections connections, Vault vault, MetaApps apps, Clock clock) {
    this.replica = replica;
    this.connections = connections;
    this.vault = vault;
    this.apps = apps;
    this.clock = clock;
  }

  /// Whether Meta is to be asked this already.
  Uni<Boolean> isOpen(ConnectionId connection, long generation, Subject subject) {
    return count(
            "connectionId = ?1 and generation = ?2 and subject = ?3 and answeredAt is null",
            connection.value(),
            generation,
            subject)
        .map(open -> open > 0);
  }

  /// The one that has waited longest; empty if none is due.
  @WithTransaction
  Uni<Optional<AskedQuestion>> claim() {
    return replica.leaseHolder().map(this::claim).orElse(NONE);
  }

  private Uni<Optional<AskedQuestion>> claim(LeaseHolder holder) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(DUE, UUID.class)
                .setParameter("now", clock.instant())
                .getSingleResultOrNull())
        .chain(id -> id == null ? NONE : findById(id).chain(question -> lease(question, holder)));
  }

  private Uni<Optional<AskedQuestion>> lease(Question question, LeaseHolder holder) {
    question.claim(holder, clock.instant().plus(LEASE));
    return connections.find(question.connectionId()).chain(found -> equip(question, found));
  }

  private Uni<Optional<AskedQuestion>> equip(Question question, Connection connection) {
    return apps.find(connection.appId()).chain(app -> equip(question, connection, app));
  }

  private Uni<Optional<AskedQuestion>> equip(
      Question question, Connection connection, Optional<MetaApp> app) {
    if (app.isEmpty() || connection.generation() != question.generation()) {
      question.answered("OUTDATED", clock.instant());
      return NONE;
    }
    return equip(question, connection.tokenAddress(), app.get());
  }

  private Uni<Optional<AskedQuestion>> equip(Question question, TokenAddress address, MetaApp app) {
    return vault
        .open(address)
        .map(kept ->
            kept.map(token ->
                new AskedQuestion(
                    question.id(),
                    question.attempts(),
                    address.connection(),
                    address.generation(),
                    app,
                    token)));
  }
}
