package io.tokenwarden.notifier;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.AssetEvent.AssetHealth;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenDisconnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionEvent.TokenRefreshFailed;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.InsightsEvent.InsightsSynced;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleBlocked;
import io.tokenwarden.contracts.ScheduleEvent.ScheduleResumed;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the other services would announce about one connection of its own.
public record Facts(
    WorkspaceId workspace, ConnectionId connection, String metaUserId, String appId) {
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");
  private static final GraphErrorInfo BLOCKED =
      new GraphErrorInfo(200, null, "OAuthException", 400, "trace");

  public static Facts of(String workspace) {
    return of(workspace, "2200000000000001");
  }

  public static Facts of(String workspace, String metaUserId) {
    return new Facts(
        WorkspaceId.of(workspace),
        new ConnectionId(UUID.randomUUID()),
        metaUserId,
        "1200000000000001");
  }

  /// The same, through another app.
  public Facts through(String otherAppId) {
    return new Facts(workspace, connection, metaUserId, otherAppId);
  }

  public TokenHealth health(long revision, Condition... conditions) {
    return new TokenHealth(state(revision, Lifecycle.CONNECTED, conditions));
  }

  public TokenHealth disconnected(long revision) {
    return new TokenHealth(state(revision, Lifecycle.DISCONNECTED));
  }

  public TokenDisconnected archived(long revision) {
    return new TokenDisconnected(state(revision, Lifecycle.ARCHIVED, authExpired()), false, true);
  }

  /// A person must act.
  public TokenRefreshFailed refreshFailed(long revision, Duration left) {
    return new TokenRefreshFailed(
        state(revision, Lifecycle.CONNECTED, expiring(left)),
        RefreshFailure.NOT_EXTENDED,
        Remedy.RECONNECT,
        1,
        NOW.plus(left));
  }

  public AppBlocked appBlocked(String appId, long revision) {
    return new AppBlocked(AppEvent.OPERATORS, appId, revision, NOW, BLOCKED);
  }

  public AppRestored appRestored(String appId, long revision) {
    return new AppRestored(AppEvent.OPERATORS, appId, revision, NOW, BLOCKED);
  }

  public TokenConnected connected(long revision, boolean reconnected) {
    return new TokenConnected(state(revision, Lifecycle.CONNECTED), reconnected);
  }

  public TokenExpired expired(long revision) {
    return TokenExpired.of(
        state(revision, Lifecycle.CONNECTED, authExpired()),
        Reason.PASSWORD_CHANGED,
        Remedy.RECONNECT,
        new GraphErrorInfo(190, 460, "OAuthException", 400, "trace"),
        List.of());
  }

  public Condition authExpired() {
    return condition(
        ConditionKind.AUTH_EXPIRED, Reason.PASSWORD_CHANGED, null, Remedy.RECONNECT, null);
  }

  public Condition expiring(Duration left) {
    return condition(ConditionKind.EXPIRING, null, "TOKEN", Remedy.RECONNECT, NOW.plus(left));
  }

  /// It ends, and a refresh may still succeed.
  public Condition windingDown(Duration left) {
    return condition(ConditionKind.EXPIRING, null, "TOKEN", null, NOW.plus(left));
  }

  public Condition condition(
      ConditionKind kind, Reason reason, String subject, Remedy remedy, Instant until) {
    return new Condition(kind, reason, subject, connection, remedy, NOW, until);
  }

  private ConnectionState state(long revision, Lifecycle lifecycle, Condition... conditions) {
    boolean works = lifecycle == Lifecycle.CONNECTED && conditions.length == 0;
    var expired =
        Arrays.stream(conditions).anyMatch(c -> c.condition() == ConditionKind.AUTH_EXPIRED);
    var capabilities =
        Arrays.stream(Capability.values())
            .collect(Collectors.toMap(Function.identity(), _ -> works));
    return new ConnectionState(
        workspace,
        connection,
        1,
        revision,
        appId,
        metaUserId,
        TokenType.USER,
        NOW,
        Health.of(
            expired ? TokenStatus.EXPIRED : TokenStatus.ACTIVE,
            lifecycle,
            List.of(conditions),
            capabilities,
            NOW.plus(Duration.ofDays(60)),
            NOW.plus(Duration.ofDays(90)),
            List.of("ads_read"),
            NOW));
  }

  public AssetHealth adAccount(String id, String name, long revision) {
    return asset(AssetType.AD_ACCOUNT, id, name, revision, null, false);
  }

  public AssetHealth beyondGrant(String id, long revision) {
    return asset(AssetType.AD_ACCOUNT, id, "Ad account " + id, revision, null, true);
  }

  public AssetHealth adAccountLost(String id, String name, long revision) {
    return asset(
        AssetType.AD_ACCOUNT,
        id,
        name,
        revision,
        condition(
            ConditionKind.AD_ACCOUNT_UNAVAILABLE,
            Reason.NOT_ASSIGNED,
            id,
            Remedy.ASSIGN_ASSET,
            null),
        false);
  }

  public AssetHealth pixelLost(String id, long revision) {
    return asset(
        AssetType.PIXEL,
        id,
        "Pixel " + id,
        revision,
        condition(
            ConditionKind.PIXEL_UNAVAILABLE, Reason.NOT_ASSIGNED, id, Remedy.ASSIGN_ASSET, null),
        false);
  }

  private AssetHealth asset(
      AssetType type, String id, String name, long revision, Condition cause, boolean beyondGrant) {
    boolean adAccount = type == AssetType.AD_ACCOUNT;
    return new AssetHealth(
        new AssetState(
            workspace,
            connection,
            1,
            revision,
            appId,
            NOW,
            type,
            id,
            name,
            cause == null,
            cause,
            cause == null ? null : cause.remedy(),
            adAccount ? "Europe/Rome" : null,
            adAccount ? "EUR" : null,
            adAccount ? 1 : null,
            beyondGrant));
  }

  public ScheduleBlocked blocked(String adAccount, long revision) {
    return new ScheduleBlocked(
        workspace,
        AdAccountId.of(adAccount),
        revision,
        NOW,
        List.of(authExpired()),
        LocalDate.of(2026, 11, 20));
  }

  public ScheduleResumed resumed(String adAccount, long revision) {
    return new ScheduleResumed(
        workspace,
        AdAccountId.of(adAccount),
        revision,
        NOW,
        LocalDate.of(2026, 11, 20),
        LocalDate.of(2026, 11, 21),
        connection);
  }

  public InsightsSynced synced(String adAccount, Instant readAt) {
    var today = LocalDate.ofInstant(readAt, ZoneOffset.UTC);
    return new InsightsSynced(
        workspace,
        AdAccountId.of(adAccount),
        InsightsLevel.ACCOUNT,
        today.minusDays(1),
        today,
        2,
        false,
        readAt,
        readAt);
  }
}
