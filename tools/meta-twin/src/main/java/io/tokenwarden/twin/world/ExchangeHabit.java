package io.tokenwarden.twin.world;

/// How exchanges for a long-lived token turn out. Both oddities have been seen with user tokens.
///
/// @param movesNothing the token that comes back expires when the given one does
/// @param leavesOutExpiresIn the answer does not say how long the token lives
public record ExchangeHabit(boolean movesNothing, boolean leavesOutExpiresIn) {

  public static final ExchangeHabit USUAL = new ExchangeHabit(false, false);

  /// Odd where either of the two is.
  public ExchangeHabit and(ExchangeHabit other) {
    return new ExchangeHabit(
        movesNothing || other.movesNothing, leavesOutExpiresIn || other.leavesOutExpiresIn);
  }
}
