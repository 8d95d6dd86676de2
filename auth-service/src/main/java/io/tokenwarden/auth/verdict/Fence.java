package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.connection.Connection;

/// What an answer of Meta is worth by the time it is there.
public enum Fence {
  CURRENT,
  /// The question was settled meanwhile, or claimed by another.
  SETTLED,
  /// About a token that was replaced since.
  OUTDATED;

  /// @param attempt the attempt at the question that brought the answer
  /// @param generation of the token that Meta was asked about
  public static Fence of(Connection connection, Question question, int attempt, long generation) {
    if (!question.isOpenAt(attempt)) {
      return SETTLED;
    }
    return connection.generation() == generation ? CURRENT : OUTDATED;
  }
}
