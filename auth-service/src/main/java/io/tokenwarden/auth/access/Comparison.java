package io.tokenwarden.auth.access;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.asset.Sight;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.connection.ScopeChange;
import io.tokenwarden.auth.judge.Doubts;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.AssetType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Compares a snapshot with what is known, and never writes it over that. What was seen is there;
/// what is absent from a listing may still be there, so Meta is asked for it.
@ApplicationScoped
class Comparison {
  private static final Origin LISTED = Origin.of("listed");
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  /// If more is absent at once, it is hardly the assets: the permissions are asked about first, and
  /// the assets in portions, so that others who are asked about are not held up.
  private static final int PORTION = 50;

  private static final Duration BETWEEN_PORTIONS = Duration.ofSeconds(10);

  private final Assets assets;
  private final Businesses businesses;
  private final Announcements announcements;
  private final Doubts doubts;
  private final Clock clock;

  @Inject
  Comparison(
      Assets assets,
      Businesses businesses,
      Announcements announcements,
      Doubts doubts,
      Clock clock) {
    this.assets = assets;
    this.businesses = businesses;
    this.announcements = announcements;
    this.doubts = doubts;
    this.clock = clock;
  }

  /// Takes a snapshot of a connection whose row is locked, and announces what is new.
  Uni<Void> compare(Connection connection, AccessSnapshot snapshot) {
    var now = clock.instant();
    return permissions(connection, snapshot, now)
        .chain(() ->
            oneAfterTheOther(snapshot.sights().toList(), sight -> seen(connection, sight, now)))
        .chain(() ->
            oneAfterTheOther(
                List.of(AssetType.values()), type -> absent(connection, type, snapshot, now)))
        .chain(() -> businesses.seen(connection.connectionId(), snapshot, now));
  }

  private Uni<Void> permissions(Connection connection, AccessSnapshot snapshot, Instant now) {
    return snapshot.saysPermissions()
        ? connection
            .granted(snapshot.grantedScopes(), now)
            .map(change -> tell(connection, change, now))
            .orElse(NOTHING)
        : NOTHING;
  }

  private Uni<Void> tell(Connection connection, ScopeChange change, Instant now) {
    return announcements
        .health(connection, LISTED, now)
        .chain(() -> announcements.scopes(connection, change, now));
  }

  private Uni<Void> seen(Connection connection, Sight sight, Instant now) {
    return assets.seen(connection, sight, LISTED, now).replaceWithVoid();
  }

  private Uni<Void> absent(
      Connection connection, AssetType type, AccessSnapshot snapshot, Instant now) {
    if (!snapshot.lists(type)) {
      return NOTHING;
    }
    var listed =
        snapshot.sights().filter(sight -> sight.type() == type).map(Sight::assetId).toList();
    return assets
        .reachable(connection.connectionId(), type)
        .map(known -> known.stream().filter(id -> !listed.contains(id)).toList())
        .chain(missing -> ask(connection, type, missing, now));
  }

  private Uni<Void> ask(Connection connection, AssetType type, List<String> missing, Instant now) {
    var grounds = Grounds.of("a listing without it", now);
    var manyAtOnce = missing.size() > PORTION ? doubts.permissions(connection, grounds) : NOTHING;
    return manyAtOnce.chain(() ->
        oneAfterTheOther(
            IntStream.range(0, missing.size()).boxed().toList(),
            place ->
                doubts.asset(
                    connection, type, missing.get(place), grounds, now.plus(pause(place)))));
  }

  private static Duration pause(int place) {
    return BETWEEN_PORTIONS.multipliedBy(place / PORTION);
  }

  /// A session does one thing at a time.
  private static <T> Uni<Void> oneAfterTheOther(List<T> items, Function<T, Uni<Void>> step) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUniAndConcatenate(step::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
