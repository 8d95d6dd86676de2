package io.tokenwarden.sync;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// States as auth-service would announce them.
public final class States {
  public static final Instant SINCE = Instant.parse("2026-11-20T08:00:00Z");

  private States() {}

  public static ConnectionState active(
      WorkspaceId workspace, ConnectionId connection, long generation, long revision) {
    return state(
        workspace,
        connection,
        generation,
        revision,
        health(TokenStatus.ACTIVE, Lifecycle.CONNECTED, true));
  }

  public static ConnectionState expired(
      WorkspaceId workspace, ConnectionId connection, long generation, long revision) {
    var cause =
        condition(
            connection, ConditionKind.AUTH_EXPIRED, Reason.PASSWORD_CHANGED, Remedy.RECONNECT);
    return state(
        workspace,
        connection,
        generation,
        revision,
        health(TokenStatus.EXPIRED, Lifecycle.CONNECTED, false, cause));
  }

  public static ConnectionState state(
      WorkspaceId workspace,
      ConnectionId connection,
      long generation,
      long revision,
      Health health) {
    return new ConnectionState(
        workspace,
        connection,
        generation,
        revision,
        "4711",
        "1000001",
        TokenType.USER,
        SINCE,
        health);
  }

  public static Health health(
      TokenStatus status, Lifecycle lifecycle, boolean canRead, Condition... conditions) {
    return Health.of(
        status,
        lifecycle,
        List.of(conditions),
        Map.of(Capability.READ_INSIGHTS, canRead),
        null,
        null,
        List.of("ads_read"),
        null);
  }

  public static Condition condition(
      ConnectionId connection, ConditionKind kind, Reason reason, Remedy remedy) {
    return new Condition(kind, reason, null, connection, remedy, SINCE, null);
  }

  public static AssetState adAccount(
      WorkspaceId workspace, ConnectionId connection, AdAccountId account, long revision) {
    return adAccount(workspace, connection, account, revision, true, "Europe/Berlin");
  }

  public static AssetState adAccount(
      WorkspaceId workspace,
      ConnectionId connection,
      AdAccountId account,
      long revision,
      boolean available,
      String timezone) {
    var cause =
        new Condition(
            ConditionKind.AD_ACCOUNT_UNAVAILABLE,
            Reason.NOT_ASSIGNED,
            account.digits(),
            connection,
            Remedy.ASSIGN_ASSET,
            SINCE,
            null);
    return new AssetState(
        workspace,
        connection,
        1,
        revision,
        "4711",
        SINCE,
        AssetType.AD_ACCOUNT,
        account.digits(),
        "An account",
        available,
        available ? null : cause,
        available ? null : Remedy.ASSIGN_ASSET,
        timezone,
        "EUR",
        1,
        false);
  }
}
