package io.tokenwarden.auth.asset;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Asset.Change;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetEvent.AssetAvailable;
import io.tokenwarden.contracts.AssetEvent.AssetHealth;
import io.tokenwarden.contracts.AssetEvent.AssetUnavailable;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What connections reach. Whoever changes an asset holds the lock of its connection's row.
@ApplicationScoped
public class Assets implements PanacheRepositoryBase<Asset, Asset.Key> {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Announcements announcements;
  private final Outbox outbox;

  @Inject
  Assets(Announcements announcements, Outbox outbox) {
    this.announcements = announcements;
    this.outbox = outbox;
  }

  /// Meta showed an asset: it can be reached, unless Meta itself says that it cannot be used.
  ///
  /// @return whether the connection itself has a new revision
  public Uni<Boolean> seen(Connection connection, Sight sight, Origin origin, Instant now) {
    return known(connection, sight.type(), sight.assetId())
        .chain(asset ->
            sight.isUsable()
                ? found(connection, asset, sight, origin, now)
                : gone(connection, asset, Reason.DISABLED, sight, origin, now));
  }

  /// Meta was asked for an asset and did not hand it out.
  ///
  /// @return whether the connection itself has a new revision
  public Uni<Boolean> lost(
      Connection connection,
      AssetType type,
      String assetId,
      Reason reason,
      Origin origin,
      Instant now) {
    return known(connection, type, assetId)
        .chain(asset -> gone(connection, asset, reason, null, origin, now));
  }

  private Uni<Asset> known(Connection connection, AssetType type, String assetId) {
    var key = Asset.key(connection, type, assetId);
    return findById(key).onItem().ifNull().continueWith(() -> Asset.unseen(key));
  }

  private Uni<Boolean> found(
      Connection connection, Asset asset, Sight sight, Origin origin, Instant now) {
    var change = asset.seen(sight, isBeyond(connection, asset), now);
    var regained =
        asset
            .type()
            .condition()
            .map(kind -> connection.regained(kind, asset.assetId()))
            .orElse(false);
    return told(connection, asset, change, regained, origin, now);
  }

  private Uni<Boolean> gone(
      Connection connection, Asset asset, Reason reason, Sight sight, Origin origin, Instant now) {
    var why = asset.type().condition().map(kind -> cause(connection, asset, kind, reason, now));
    var change = asset.lost(why.orElse(null), sight, isBeyond(connection, asset), now);
    var suffered = why.filter(_ -> change == Change.LOST);
    suffered.ifPresent(connection::lost);
    return told(connection, asset, change, suffered.isPresent(), origin, now);
  }

  private static Condition cause(
      Connection connection, Asset asset, ConditionKind kind, Reason reason, Instant now) {
    return new Condition(
        kind, reason, asset.assetId(), connection.connectionId(), Asset.REMEDY, now, null);
  }

  private static boolean isBeyond(Connection connection, Asset asset) {
    return connection.grants().exclude(asset.type(), asset.assetId());
  }

  private Uni<Boolean> told(
      Connection connection,
      Asset asset,
      Change change,
      boolean healthChanged,
      Origin origin,
      Instant now) {
    return tell(connection, asset, change)
        .chain(() -> healthChanged ? announcements.health(connection, origin, now) : NOTHING)
        .replaceWith(healthChanged);
  }

  private Uni<Void> tell(Connection connection, Asset asset, Change change) {
    return switch (change) {
      case NOTHING -> NOTHING;
      case DETAILS -> persist(asset).chain(() -> health(connection, asset));
      case FOUND ->
          persist(asset)
              .chain(() -> health(connection, asset))
              .chain(() -> outbox.add(new AssetAvailable(asset.state(connection))));
      case LOST ->
          persist(asset)
              .chain(() -> health(connection, asset))
              .chain(() -> outbox.add(new AssetUnavailable(asset.state(connection))));
    };
  }

  private Uni<Void> health(Connection connection, Asset asset) {
    return outbox.add(new AssetHealth(asset.state(connection)));
  }

  /// Whoever the connection belonged to wants to be forgotten: the names that Meta told because of
  /// them are forgotten, here and by everybody who hears of it. An ad account is often called like
  /// its owner. Which assets they are stays: ad accounts and Pages are businesses' own.
  public Uni<Void> forgetNames(Connection connection, Instant now) {
    return each(connection, asset -> tell(connection, asset, asset.forgetName(now)));
  }

  /// Raises the revision of everything a connection reaches beyond what anyone has seen, and says
  /// it all again.
  ///
  /// @param connection restored already
  public Uni<Void> restored(Connection connection) {
    return each(connection, asset -> restored(connection, asset));
  }

  /// One after the other: a session does one thing at a time.
  private Uni<Void> each(Connection connection, Function<Asset, Uni<? extends Void>> deed) {
    return list("key.connectionId", connection.connectionId().value())
        .chain(assets ->
            Multi.createFrom()
                .iterable(assets)
                .onItem()
                .transformToUniAndConcatenate(deed)
                .collect()
                .last()
                .replaceWithVoid());
  }

  private Uni<Void> restored(Connection connection, Asset asset) {
    asset.restored();
    return health(connection, asset);
  }

  /// What kind of asset this is; empty if the connection was never seen to reach it.
  public Uni<Optional<AssetType>> typeOf(ConnectionId connection, String assetId) {
    return list("key.connectionId = ?1 and key.assetId = ?2", connection.value(), assetId)
        .map(found -> found.stream().map(Asset::type).findFirst());
  }

  /// Those of a kind that can be reached, as far as we know.
  public Uni<List<String>> reachable(ConnectionId connection, AssetType type) {
    return list(
            "key.connectionId = ?1 and key.assetType = ?2 and available = true order by"
                + " key.assetId",
            connection.value(),
            type)
        .map(found -> found.stream().map(Asset::assetId).toList());
  }

  /// The ad accounts a connection reaches.
  public Uni<List<AdAccountId>> adAccounts(ConnectionId connection) {
    return reachable(connection, AssetType.AD_ACCOUNT)
        .map(found -> found.stream().map(AdAccountId::of).toList());
  }

  /// All that a connection was ever seen to reach, after a given one, in a fixed order.
  ///
  /// @param after of the page before: kind and id; empty strings for the first
  public Uni<List<AssetView>> page(
      ConnectionId connection, String afterType, String afterId, int size) {
    return find(
            """
            key.connectionId = ?1
            and (str(key.assetType) > ?2 or (str(key.assetType) = ?2 and key.assetId > ?3))
            order by str(key.assetType), key.assetId
            """,
            connection.value(),
            afterType,
            afterId)
        .page(0, size)
        .list()
        .map(found -> found.stream().map(Asset::view).toList());
  }
}
