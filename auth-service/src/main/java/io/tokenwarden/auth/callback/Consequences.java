package io.tokenwarden.auth.callback;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.access.Businesses;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.ending.Ends;
import io.tokenwarden.auth.handoff.Handoffs;
import io.tokenwarden.auth.judge.Doubts;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Lifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What follows from what Meta said, for every connection it concerns, in whatever workspace. All
/// of it is one transaction with the row that says it is done.
@ApplicationScoped
class Consequences {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  /// Meta says when to the second.
  private static final Duration COARSENESS = Duration.ofSeconds(1);

  private static final String OF_PERSON = "appId = ?1 and metaUserId = ?2";

  private static final String REACHING =
      """
      appId = ?1 and id in (
        select asset.key.connectionId from Asset asset
        where asset.key.assetType = ?2 and asset.key.assetId = ?3)
      """;

  private final Callbacks callbacks;
  private final Connections connections;
  private final Ends ends;
  private final Assets assets;
  private final Businesses businesses;
  private final Handoffs handoffs;
  private final Doubts doubts;
  private final Clock clock;

  @Inject
  Consequences(
      Callbacks callbacks,
      Connections connections,
      Ends ends,
      Assets assets,
      Businesses businesses,
      Handoffs handoffs,
      Doubts doubts,
      Clock clock) {
    this.callbacks = callbacks;
    this.connections = connections;
    this.ends = ends;
    this.assets = assets;
    this.businesses = businesses;
    this.handoffs = handoffs;
    this.doubts = doubts;
    this.clock = clock;
  }

  @WithTransaction
  Uni<Void> of(Claimed said) {
    return callbacks.done(said).chain(ours -> ours ? follow(said) : NOTHING);
  }

  private Uni<Void> follow(Claimed said) {
    return switch (said.kind()) {
      case DEAUTHORIZE -> ofPerson(said).chain(each(connection -> removed(connection, said)));
      case DATA_DELETION -> ofPerson(said).chain(found -> forget(said, found));
      case PERMISSIONS ->
          ofPerson(said).chain(each(connection -> doubts.permissions(connection, grounds(said))));
      case AD_ACCOUNT ->
          reaching(said)
              .chain(
                  each(connection ->
                      doubts.asset(
                          connection, AssetType.AD_ACCOUNT, said.subject(), grounds(said))));
    };
  }

  // ---- whom it concerns, locked in one order

  private Uni<List<Connection>> ofPerson(Claimed said) {
    return connections
        .find(OF_PERSON, Sort.by("id"), said.appId(), said.subject())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  private Uni<List<Connection>> reaching(Claimed said) {
    return connections
        .find(REACHING, Sort.by("id"), said.appId(), AssetType.AD_ACCOUNT, said.subject())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  /// One session does one thing at a time.
  private static Function<List<Connection>, Uni<? extends Void>> each(
      Function<Connection, Uni<? extends Void>> deed) {
    return found ->
        Multi.createFrom()
            .iterable(found)
            .onItem()
            .transformToUniAndConcatenate(deed)
            .collect()
            .last()
            .replaceWithVoid();
  }

  // ---- what becomes of it

  private Uni<Void> removed(Connection connection, Claimed said) {
    return consentedSince(connection, said)
        ? doubts.token(connection, grounds(said))
        : ends.deauthorized(connection, Callbacks.META);
  }

  private Uni<Void> forget(Claimed said, List<Connection> found) {
    var consentedSince = found.stream().anyMatch(connection -> consentedSince(connection, said));
    return each((Connection connection) -> forgotten(connection, said))
        .apply(found)
        .chain(() ->
            consentedSince
                ? callbacks.consentedSince(said)
                : handoffs.forgetPerson(said.appId(), said.subject()));
  }

  private Uni<Void> forgotten(Connection connection, Claimed said) {
    if (consentedSince(connection, said)) {
      return doubts.token(connection, grounds(said));
    }
    connection.forgetPerson();
    return ends.dataDeleted(connection, Callbacks.META)
        .chain(() -> assets.forgetNames(connection, clock.instant()))
        .chain(() -> businesses.forget(connection.connectionId()));
  }

  /// The message was overtaken: who consents anew wants to be connected. Whether the new token
  /// lives Meta is asked, in case our clocks differ.
  private static boolean consentedSince(Connection connection, Claimed said) {
    return connection.lifecycle() == Lifecycle.CONNECTED
        && connection.storedAt().isAfter(said.happenedAt().plus(COARSENESS));
  }

  private static Grounds grounds(Claimed said) {
    return Grounds.of("Meta's callback " + said.kind().code(), said.happenedAt());
  }
}
