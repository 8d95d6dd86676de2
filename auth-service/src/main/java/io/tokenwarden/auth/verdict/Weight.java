package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;

/// What a piece of evidence is worth.
public enum Weight {
  NEW,
  /// Nothing is known of the connection.
  UNKNOWN,
  /// About a token that was replaced since.
  STALE,
  /// Meta was asked since, or the token is known to be unusable anyway.
  ANSWERED;

  /// @param connection null if there is none
  public static Weight of(Connection connection, TokenSuspected suspected) {
    if (connection == null || !connection.workspace().equals(suspected.workspaceId())) {
      return UNKNOWN;
    }
    if (connection.generation() != suspected.generation()) {
      return STALE;
    }
    return !connection.isUsable() || isAnswered(connection, suspected) ? ANSWERED : NEW;
  }

  /// What is about more than the token has answers of its own, which the questions keep.
  private static boolean isAnswered(Connection connection, TokenSuspected suspected) {
    return switch (suspected.suspicion()) {
      case TOKEN -> connection.hasAnswered(suspected.revision());
      case BLOCK -> connection.health().condition(ConditionKind.BLOCKED_BY_META).isPresent();
      case NONE, PERMISSIONS, ASSET, APP -> false;
    };
  }
}
