package io.tokenwarden.auth.refresh;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.meta.MetaConfig;
import io.tokenwarden.auth.refresh.Beginning.Begun;
import io.tokenwarden.auth.refresh.Beginning.NothingToDo;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.outbox.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The replacements under way.
@ApplicationScoped
class Renewals implements PanacheRepositoryBase<Renewal, UUID> {
  /// What a replacement takes beside Meta's answers, at most.
  private static final Duration OWN_SHARE = Duration.ofSeconds(60);

  /// The exchange, its inspection and the first data call.
  private static final int CALLS = 3;

  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private static final String HELD =
      """
      select leased_until is not null and leased_until > :now and lease_holder_lives(leased_by)
      from renewal where connection_id = :connection and generation = :generation
      """;

  private static final String LEFT_STAGED =
      """
      select connection_id from renewal
      where staged and due_at <= :now
        and (leased_until is null or leased_until <= :now or not lease_holder_lives(leased_by))
      order by due_at
      limit 1
      """;

  private final Replica replica;
  private final Connections connections;
  private final Assets assets;
  private final Vault vault;
  private final MetaApps apps;
  private final RenewalSettlement settlement;
  private final Duration lease;
  private final Clock clock;

  @Inject
  Renewals(
      Replica replica,
      Connections connections,
      Assets assets,
      Vault vault,
      MetaApps apps,
      RenewalSettlement settlement,
      MetaConfig meta,
      Clock clock) {
    this.replica = replica;
    this.connections = connections;
    this.assets = assets;
    this.vault = vault;
    this.apps = apps;
    this.settlement = settlement;
    this.lease = meta.callTimeout().multipliedBy(CALLS).plus(OWN_SHARE);
    this.clock = clock;
  }

  /// Takes the right to replace the connection's token, if that is to be done now and nobody has
  /// it. Within a transaction that holds the lock of the connection's row.
  ///
  /// @param patient whether a recent failure is reason to wait
  Uni<Beginning> begin(Connection connection, Kind kind, boolean patient, String by) {
    var now = clock.instant();
    var obstacle = obstacle(connection, kind, now);
    return obstacle.isPresent()
        ? settlement.nothingToReplace(connection, obstacle.get(), by).map(NothingToDo::new)
        : isHeld(connection, now)
            .chain(held ->
                held
                    ? nothing(Answer.of(Outcome.UNDER_WAY, connection).retryAfter(SOON))
                    : claim(connection, kind, patient, now));
  }

  /// Why there is nothing to be done, whoever asks.
  static Optional<Answer> obstacle(Connection connection, Kind kind, Instant now) {
    if (connection.lifecycle() != Lifecycle.CONNECTED) {
      return Optional.of(Answer.of(Outcome.OVERTAKEN, connection).remedy(Remedy.RECONNECT));
    }
    if (isDead(connection, now)) {
      return Optional.of(Answer.of(Outcome.ALREADY_EXPIRED, connection).remedy(Remedy.RECONNECT));
    }
    var ends = connection.expiresAt().isPresent();
    return switch (kind) {
      case REFRESH ->
          ends ? Optional.empty() : Optional.of(Answer.of(Outcome.NOT_NEEDED, connection));
      case ROTATION -> {
        if (ends) {
          yield Optional.of(Answer.of(Outcome.NOT_NEEDED, connection));
        }
        yield connection.tokenType() == TokenType.SYSTEM_USER
            ? Optional.empty()
            : Optional.of(Answer.of(Outcome.NEEDS_PERSON, connection).remedy(Remedy.RECONNECT));
      }
    };
  }

  private static boolean isDead(Connection connection, Instant now) {
    return connection.health().tokenStatus() != TokenStatus.ACTIVE
        || connection.expiresAt().filter(end -> !now.isBefore(end)).isPresent();
  }

  private static Uni<Boolean> isHeld(Connection connection, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(HELD, Boolean.class)
                .setParameter("now", now)
                .setParameter("connection", connection.connectionId().value())
                .setParameter("generation", connection.generation())
                .getSingleResultOrNull())
        .map(Boolean.TRUE::equals);
  }

  private Uni<Beginning> claim(Connection connection, Kind kind, boolean patient, Instant now) {
    return findById(connection.connectionId().value())
        .map(known -> Optional.ofNullable(known).orElseGet(() -> Renewal.of(connection, kind, now)))
        .invoke(renewal -> renewal.follow(connection, kind, now))
        .chain(renewal -> {
          var pause = renewal.coolsDownFor(now);
          return patient && pause.isPositive()
              ? nothing(Answer.of(Outcome.COOLING_DOWN, connection).retryAfter(pause))
              : replica
                  .leaseHolder()
                  .map(holder -> claim(connection, renewal, holder, now))
                  .orElseGet(
                      () -> nothing(Answer.of(Outcome.UNAVAILABLE, connection).retryAfter(SOON)));
        });
  }

  private Uni<Beginning> claim(
      Connection connection, Renewal renewal, LeaseHolder holder, Instant now) {
    var attempt = renewal.claim(holder, now.plus(lease));
    return persist(renewal).chain(() -> equip(connection, renewal, attempt)).map(Begun::new);
  }

  private Uni<Work> equip(Connection connection, Renewal renewal, int attempt) {
    return apps.find(connection.appId())
        .chain(app ->
            vault
                .open(connection.tokenAddress())
                .map(Optional::orElseThrow)
                .chain(token ->
                    staged(connection, renewal)
                        .chain(staged ->
                            assets
                                .adAccounts(connection.connectionId())
                                .map(reached ->
                                    Work.of(
                                        renewal,
                                        attempt,
                                        connection,
                                        app,
                                        token,
                                        staged,
                                        reached.stream().findFirst())))));
  }

  private Uni<Optional<AccessToken>> staged(Connection connection, Renewal renewal) {
    return renewal.isStaged()
        ? vault.open(connection.tokenAddress().next())
        : Uni.createFrom().item(Optional.empty());
  }

  /// Even if the old token has ended meanwhile: the new one asks nothing of it any more.
  private Uni<Beginning> goOn(Connection connection, Renewal renewal) {
    return isHeld(connection, clock.instant())
        .chain(held ->
            held
                ? nothing(Answer.of(Outcome.UNDER_WAY, connection))
                : claim(connection, renewal.kind(), true, clock.instant()));
  }

  private static Uni<Beginning> nothing(Answer answer) {
    return Uni.createFrom().item(new NothingToDo(answer));
  }

  /// Whose new token waits to be proved, with nobody at it; empty if there is none.
  @WithSession
  Uni<Optional<ConnectionId>> leftStaged() {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(LEFT_STAGED, UUID.class)
                .setParameter("now", clock.instant())
                .getSingleResultOrNull())
        .map(id -> Optional.ofNullable(id).map(ConnectionId::new));
  }

  /// Goes on from the staged token. Where that fails, because it cannot be opened for instance,
  /// [#leaveAlone] is to follow.
  @WithTransaction
  Uni<Beginning> resume(ConnectionId id) {
    return connections
        .lock(id)
        .chain(connection -> findById(id.value()).chain(renewal -> resume(connection, renewal)));
  }

  /// The token was replaced or ended since.
  private Uni<Beginning> resume(Connection connection, Renewal renewal) {
    if (renewal == null) {
      return nothing(Answer.of(Outcome.OVERTAKEN, connection));
    }
    return renewal.isAbout(connection)
        ? goOn(connection, renewal)
        : vault
            .forget(connection.tokenAddress().next())
            .chain(() -> delete(renewal))
            .replaceWith(new NothingToDo(Answer.of(Outcome.OVERTAKEN, connection)));
  }

  /// Has one cool down that could not be resumed, unless somebody is at it.
  @WithTransaction
  Uni<Void> leaveAlone(ConnectionId id) {
    return connections
        .lock(id)
        .chain(connection -> isHeld(connection, clock.instant()))
        .chain(held -> held ? NOTHING : coolDown(id));
  }

  private Uni<Void> coolDown(ConnectionId id) {
    return findById(id.value())
        .invoke(renewal ->
            Optional.ofNullable(renewal).ifPresent(left -> left.failed(true, clock.instant())))
        .replaceWithVoid();
  }
}
