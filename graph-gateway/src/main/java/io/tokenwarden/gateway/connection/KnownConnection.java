package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Revised;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.util.Optional;
import java.util.Set;

/// A connection as auth-service last described it.
public record KnownConnection(
    ConnectionId id,
    WorkspaceId workspace,
    long generation,
    long revision,
    String appId,
    String metaUserId,
    TokenType tokenType,
    Health health)
    implements Revised {

  private static final Set<ConditionKind> BLOCKING =
      Set.of(
          ConditionKind.AUTH_EXPIRED, ConditionKind.RECONNECT_REQUIRED, ConditionKind.CHECKPOINT);

  /// The current generation of its token.
  TokenIdentity token() {
    return new TokenIdentity(workspace, id, generation, appId, metaUserId, tokenType);
  }

  /// What forbids every call with the current generation, if anything does.
  public Optional<Condition> blocking() {
    return health.conditions().stream()
        .filter(condition -> BLOCKING.contains(condition.condition()))
        .findFirst();
  }

  /// Whether it was disconnected or archived.
  public boolean ended() {
    return health.lifecycle() != Lifecycle.CONNECTED;
  }
}
