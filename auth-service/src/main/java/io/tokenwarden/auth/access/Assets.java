package io.tokenwarden.auth.access;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.access.AccessSnapshot.AdAccount;
import io.tokenwarden.auth.connection.Announcements;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetEvent.AssetAvailable;
import io.tokenwarden.contracts.AssetEvent.AssetHealth;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// What connections reach. Snapshots are compared with what is known, never written over it: an
/// absence from a listing proves nothing, so it changes nothing here.
@ApplicationScoped
public class Assets implements PanacheRepositoryBase<Asset, Asset.Key> {
  private final Announcements announcements;
  private final Outbox outbox;
  private final Clock clock;

  @Inject
  Assets(Announcements announcements, Outbox outbox, Clock clock) {
    this.announcements = announcements;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Takes a snapshot of a connection whose row is locked, and announces what is new.
  Uni<Void> compare(Connection connection, AccessSnapshot snapshot) {
    return comparePermissions(connection, snapshot)
        .chain(() -> compareAdAccounts(connection, snapshot.adAccounts()));
  }

  private Uni<Void> comparePermissions(Connection connection, AccessSnapshot snapshot) {
    var listed = !snapshot.permissions().isEmpty();
    var now = clock.instant();
    var changed = listed && connection.granted(snapshot.grantedScopes(), now);
    return changed ? announcements.health(connection, now) : Uni.createFrom().voidItem();
  }

  /// One after the other: a session does one thing at a time.
  private Uni<Void> compareAdAccounts(Connection connection, List<AdAccount> accounts) {
    return Multi.createFrom()
        .iterable(accounts)
        .onItem()
        .transformToUniAndConcatenate(account -> compare(connection, account))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> compare(Connection connection, AdAccount account) {
    var key = Asset.key(connection, account);
    return findById(key)
        .onItem()
        .ifNull()
        .continueWith(() -> Asset.unseen(key))
        .chain(asset ->
            asset.seen(account, clock.instant())
                ? persist(asset).chain(() -> announce(connection, asset))
                : Uni.createFrom().voidItem());
  }

  private Uni<Void> announce(Connection connection, Asset asset) {
    var state = asset.state(connection);
    return outbox.add(new AssetHealth(state)).chain(() -> outbox.add(new AssetAvailable(state)));
  }

  /// Raises the revision of everything a connection reaches beyond what anyone has seen, and says
  /// it all again.
  ///
  /// @param connection restored already
  public Uni<Void> restored(Connection connection) {
    return list("key.connectionId", connection.connectionId().value())
        .chain(assets ->
            Multi.createFrom()
                .iterable(assets)
                .onItem()
                .transformToUniAndConcatenate(asset -> restored(connection, asset))
                .collect()
                .last()
                .replaceWithVoid());
  }

  private Uni<Void> restored(Connection connection, Asset asset) {
    asset.restored();
    return outbox.add(new AssetHealth(asset.state(connection)));
  }

  /// The ad accounts a connection reaches.
  public Uni<List<AdAccountId>> adAccounts(ConnectionId connection) {
    return list(
            "key.connectionId = ?1 and key.assetType = ?2 and available = true order by key.assetId",
            connection.value(),
            AssetType.AD_ACCOUNT)
        .map(found -> found.stream().map(asset -> AdAccountId.of(asset.assetId())).toList());
  }
}
