package io.tokenwarden.testsupport.history;

import static io.tokenwarden.contracts.ConditionKind.AD_ACCOUNT_UNAVAILABLE;
import static io.tokenwarden.contracts.ConditionKind.AUTH_EXPIRED;
import static io.tokenwarden.contracts.ConditionKind.CHECKPOINT;
import static io.tokenwarden.contracts.ConditionKind.EXPIRING;
import static io.tokenwarden.contracts.ConditionKind.MISSING_SCOPE;
import static io.tokenwarden.contracts.ConditionKind.PIXEL_UNAVAILABLE;
import static io.tokenwarden.contracts.ConditionKind.RECONNECT_REQUIRED;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetEvent.AssetAvailable;
import io.tokenwarden.contracts.AssetEvent.AssetHealth;
import io.tokenwarden.contracts.AssetEvent.AssetUnavailable;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent.ScopeMissing;
import io.tokenwarden.contracts.ConnectionEvent.ScopeRestored;
import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenDisconnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpiring;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionEvent.TokenInactive;
import io.tokenwarden.contracts.ConnectionEvent.TokenRefreshFailed;
import io.tokenwarden.contracts.ConnectionEvent.TokenRefreshed;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What auth-service says about one connection and its assets.
final class ConnectionLife {
  private static final String META_USER = "2200000000000001";
  private static final List<String> WANTED = List.of("ads_management", "ads_read");
  private static final List<Reason> DEATHS =
      List.of(Reason.EXPIRED, Reason.PASSWORD_CHANGED, Reason.APP_REMOVED);

  private record Asset(AssetType type, String id) {}

  private final Random random;
  private final WorkspaceId workspace;
  private final String appId;
  private final ConnectionId id;
  private final List<Asset> reachable;
  private final List<Event> announced;

  private final Map<Asset, AssetState> assets = new LinkedHashMap<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final TreeSet<String> scopes = new TreeSet<>();
  private TokenStatus status = TokenStatus.ACTIVE;
  private Lifecycle lifecycle = Lifecycle.CONNECTED;
  private Instant verifiedAt;
  private int failedRefreshes;
  private long generation;
  private ConnectionState state;

  ConnectionLife(
      Random random,
      WorkspaceId workspace,
      String appId,
      List<AdAccountId> accounts,
      List<Event> announced) {
    this.random = random;
    this.workspace = workspace;
    this.appId = appId;
    this.id = new ConnectionId(new UUID(random.nextLong(), random.nextLong()));
    this.announced = announced;
    reachable =
        Stream.concat(
                accounts.stream().map(a -> new Asset(AssetType.AD_ACCOUNT, a.digits())),
                Stream.of(
                    new Asset(AssetType.PIXEL, "9" + accounts.getFirst().digits()),
                    new Asset(AssetType.PAGE, "7" + accounts.getFirst().digits())))
            .toList();
  }

  ConnectionId id() {
    return id;
  }

  /// Empty before it was connected.
  Optional<ConnectionState> state() {
    return Optional.ofNullable(state);
  }

  Collection<AssetState> assets() {
    return assets.values();
  }

  /// One change, whichever can happen now.
  void step(Instant now) {
    if (lifecycle == Lifecycle.DISCONNECTED && random.nextInt(3) == 0) {
      end(Lifecycle.ARCHIVED, now);
    } else if (generation == 0 || lifecycle != Lifecycle.CONNECTED || random.nextInt(8) == 0) {
      connect(now);
    } else if (random.nextInt(2) == 0) {
      assetStep(now);
    } else if (status == TokenStatus.ACTIVE) {
      activeStep(now);
    } else {
      deadStep(now);
    }
  }

  private void activeStep(Instant now) {
    switch (random.nextInt(10)) {
      case 0 -> expire(now);
      case 1 -> fail(now);
      case 2 -> checkpoint(now);
      case 3 -> grant(now);
      case 4 -> end(now);
      case 5 -> refresh(now);
      case 6 -> failToRefresh(now);
      case 7 -> nearTheEnd(now);
      case 8 -> verify(now);
      default -> winding(now);
    }
  }

  private void deadStep(Instant now) {
    if (random.nextInt(3) == 0) {
      end(now);
    } else {
      connect(now);
    }
  }

  private void connect(Instant now) {
    var reconnected = generation > 0;
    generation++;
    status = TokenStatus.ACTIVE;
    lifecycle = Lifecycle.CONNECTED;
    conditions.removeIf(
        c -> c.condition() != AD_ACCOUNT_UNAVAILABLE && c.condition() != PIXEL_UNAVAILABLE);
    verifiedAt = now;
    failedRefreshes = 0;
    grantAnything(now);
    announced.add(new TokenConnected(next(now), reconnected));
    tellHealth();
  }

  private void expire(Instant now) {
    status = TokenStatus.EXPIRED;
    without(CHECKPOINT);
    var reason = DEATHS.get(random.nextInt(DEATHS.size()));
    conditions.add(condition(AUTH_EXPIRED, reason, null, Remedy.RECONNECT, now));
    var error = new GraphErrorInfo(190, 460, "OAuthException", 400, "trace");
    announced.add(TokenExpired.of(next(now), reason, Remedy.RECONNECT, error, List.of()));
    tellHealth();
  }

  private void fail(Instant now) {
    status = TokenStatus.INACTIVE;
    without(CHECKPOINT);
    conditions.add(condition(RECONNECT_REQUIRED, Reason.UNVERIFIABLE, null, Remedy.RECONNECT, now));
    announced.add(new TokenInactive(next(now), Reason.UNVERIFIABLE, Remedy.RECONNECT));
    tellHealth();
  }

  private void checkpoint(Instant now) {
    without(CHECKPOINT);
    conditions.add(condition(CHECKPOINT, null, null, Remedy.RESOLVE_CHECKPOINT, now));
    next(now);
    tellHealth();
  }

  private void verify(Instant now) {
    without(CHECKPOINT);
    verifiedAt = now;
    next(now);
    tellHealth();
  }

  /// The person grants or withdraws permissions at Meta.
  private void grant(Instant now) {
    var before = List.copyOf(scopes);
    grantAnything(now);
    next(now);
    tellScopes(before);
    tellHealth();
  }

  private void tellScopes(List<String> before) {
    var missing = missing();
    var remedy = missing.isEmpty() ? null : Remedy.GRANT_SCOPES;
    var appeared = scopes.stream().filter(Predicate.not(before::contains)).toList();
    if (missing.stream().anyMatch(before::contains)) {
      announced.add(new ScopeMissing(state, missing, blocked(missing), remedy));
    }
    if (!appeared.isEmpty()) {
      announced.add(new ScopeRestored(state, appeared, blocked(missing), remedy));
    }
  }

  private static List<Capability> blocked(List<String> missing) {
    return missing.stream()
        .map(scope -> scope.equals("ads_read") ? Capability.READ_INSIGHTS : Capability.WRITE_ADS)
        .toList();
  }

  private void grantAnything(Instant now) {
    scopes.clear();
    WANTED.stream().filter(_ -> random.nextInt(4) > 0).forEach(scopes::add);
    without(MISSING_SCOPE);
    var missing = missing();
    if (!missing.isEmpty()) {
      conditions.add(
          condition(MISSING_SCOPE, null, String.join(",", missing), Remedy.GRANT_SCOPES, now));
    }
  }

  private List<String> missing() {
    return WANTED.stream().filter(Predicate.not(scopes::contains)).toList();
  }

  /// The next generation, and all that is wrong beside the token's own clock stays wrong.
  private void refresh(Instant now) {
    generation++;
    failedRefreshes = 0;
    verifiedAt = now;
    without(EXPIRING, ExpiryClock.TOKEN);
    announced.add(new TokenRefreshed(next(now), now));
    tellHealth();
  }

  /// Only if Meta would not give a longer life does a person have to act.
  private void failToRefresh(Instant now) {
    failedRefreshes++;
    var hopeless = random.nextBoolean();
    if (hopeless) {
      runOut(ExpiryClock.TOKEN, Remedy.RECONNECT, now);
    }
    announced.add(
        new TokenRefreshFailed(
            next(now),
            hopeless ? RefreshFailure.NOT_EXTENDED : RefreshFailure.UNAVAILABLE,
            hopeless ? Remedy.RECONNECT : null,
            failedRefreshes,
            now.plus(Duration.ofDays(7))));
    tellHealth();
  }

  /// A clock that only a person can wind.
  private void nearTheEnd(Instant now) {
    var clock = random.nextBoolean() ? ExpiryClock.DATA_ACCESS : ExpiryClock.TOKEN;
    runOut(clock, Remedy.RECONNECT, now);
    announced.add(new TokenExpiring(next(now), clock, 7));
    tellHealth();
  }

  /// The token's clock runs out and a refresh may still wind it: nothing is asked of anybody.
  private void winding(Instant now) {
    runOut(ExpiryClock.TOKEN, null, now);
    next(now);
    tellHealth();
  }

  private void runOut(ExpiryClock clock, Remedy remedy, Instant now) {
    without(EXPIRING, clock);
    conditions.add(
        new Condition(EXPIRING, null, clock.name(), id, remedy, now, now.plus(Duration.ofDays(7))));
  }

  private void end(Instant now) {
    end(random.nextInt(3) == 0 ? Lifecycle.ARCHIVED : Lifecycle.DISCONNECTED, now);
  }

  private void end(Lifecycle as, Instant now) {
    generation++;
    lifecycle = as;
    announced.add(new TokenDisconnected(next(now), random.nextBoolean(), as == Lifecycle.ARCHIVED));
    tellHealth();
  }

  private void assetStep(Instant now) {
    var asset = reachable.get(random.nextInt(reachable.size()));
    var known = assets.get(asset);
    if (known != null && known.available() && random.nextInt(4) > 0) {
      lose(asset, now);
    } else {
      see(asset, now);
    }
  }

  private void see(Asset asset, Instant now) {
    var newly = asset(asset, true, null, random.nextInt(4) == 0, now);
    announced.add(new AssetAvailable(newly));
    announced.add(new AssetHealth(newly));
    if (conditions.removeIf(c -> asset.id().equals(c.subject()))) {
      next(now);
      tellHealth();
    }
  }

  private void lose(Asset asset, Instant now) {
    var cause =
        asset
            .type()
            .condition()
            .map(
                kind -> condition(kind, Reason.NOT_ASSIGNED, asset.id(), Remedy.ASSIGN_ASSET, now));
    var lost = asset(asset, false, cause.orElse(null), false, now);
    announced.add(new AssetUnavailable(lost));
    announced.add(new AssetHealth(lost));
    if (cause.isPresent()) {
      conditions.add(cause.get());
      next(now);
      tellHealth();
    }
  }

  private AssetState asset(
      Asset asset, boolean available, Condition cause, boolean beyondGrant, Instant now) {
    var known = assets.get(asset);
    var isAccount = asset.type() == AssetType.AD_ACCOUNT;
    var newly =
        new AssetState(
            workspace,
            id,
            generation,
            known == null ? 1 : known.revision() + 1,
            appId,
            now,
            asset.type(),
            asset.id(),
            "Asset " + asset.id(),
            available,
            cause,
            available ? null : Remedy.ASSIGN_ASSET,
            isAccount ? "Europe/Rome" : null,
            isAccount ? "EUR" : null,
            isAccount ? 1 : null,
            beyondGrant);
    assets.put(asset, newly);
    return newly;
  }

  private Condition condition(
      ConditionKind kind, Reason reason, String subject, Remedy remedy, Instant since) {
    return new Condition(kind, reason, subject, id, remedy, since, null);
  }

  private void without(ConditionKind kind) {
    conditions.removeIf(condition -> condition.condition() == kind);
  }

  private void without(ConditionKind kind, ExpiryClock clock) {
    conditions.removeIf(c -> c.condition() == kind && clock.name().equals(c.subject()));
  }

  private ConnectionState next(Instant now) {
    state =
        new ConnectionState(
            workspace,
            id,
            generation,
            state == null ? 1 : state.revision() + 1,
            appId,
            META_USER,
            TokenType.USER,
            now,
            health(now));
    return state;
  }

  private Health health(Instant now) {
    return Health.of(
        status,
        lifecycle,
        conditions,
        capabilities(),
        now.plus(Duration.ofDays(60)),
        now.plus(Duration.ofDays(90)),
        List.copyOf(scopes),
        verifiedAt);
  }

  private Map<Capability, Boolean> capabilities() {
    var usable =
        lifecycle == Lifecycle.CONNECTED
            && status == TokenStatus.ACTIVE
            && conditions.stream().noneMatch(c -> c.condition() == CHECKPOINT);
    var capabilities = new EnumMap<Capability, Boolean>(Capability.class);
    capabilities.put(Capability.READ_INSIGHTS, usable && scopes.contains("ads_read"));
    capabilities.put(Capability.WRITE_ADS, usable && scopes.contains("ads_management"));
    return capabilities;
  }

  private void tellHealth() {
    announced.add(new TokenHealth(state));
  }
}
