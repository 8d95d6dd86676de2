package io.tokenwarden.refresher.runway;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;

/// One clock of a connection that runs out.
///
/// @param daysLeft whole days; 0 on the last one, and when it is over
/// @param savedBy what will wind it by itself, as far as is known; null if only a person can
/// @param remedy what a person has to do before then; null while nobody needs to
record Ending(
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    String appId,
    String metaUserId,
    TokenType tokenType,
    ExpiryClock clock,
    Instant endsAt,
    long daysLeft,
    Savior savedBy,
    Remedy remedy) {

  static Ending of(ConnectionState state, ExpiryClock clock, Instant end, Instant now) {
    var savior = isGivenUp(state, clock) ? null : savior(state.tokenType(), clock);
    return new Ending(
        state.connectionId(),
        state.workspaceId(),
        state.appId(),
        state.metaUserId(),
        state.tokenType(),
        clock,
        end,
        Math.max(0, Duration.between(now, end).toDays()),
        savior,
        savior == null ? Remedy.RECONNECT : null);
  }

  /// auth-service, which knows what was tried and how it ended, has said that a person must act.
  private static boolean isGivenUp(ConnectionState state, ExpiryClock clock) {
    return state.health().conditions().stream()
        .filter(condition -> condition.condition() == ConditionKind.EXPIRING)
        .filter(condition -> clock.name().equals(condition.subject()))
        .map(Condition::remedy)
        .anyMatch(remedy -> remedy != null);
  }

  /// Access to data only a person's login renews. Page tokens cannot be exchanged, and Meta gives
  /// new tokens to system users alone without anybody logging in.
  private static Savior savior(TokenType type, ExpiryClock clock) {
    return switch (clock) {
      case TOKEN -> type == TokenType.PAGE ? null : Savior.REFRESH;
      case DATA_ACCESS -> null;
      case ROTATION_POLICY -> type == TokenType.SYSTEM_USER ? Savior.ROTATION : null;
    };
  }
}
