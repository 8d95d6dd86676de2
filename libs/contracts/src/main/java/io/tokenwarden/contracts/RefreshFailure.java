package io.tokenwarden.contracts;

/// Why a refresh did not do what it is for.
public enum RefreshFailure {
  /// Meta answered with a token that ends no later.
  NOT_EXTENDED,
  /// Meta refused the exchange because of the token.
  REFUSED,
  /// The new token was issued to another app or another person, or Meta calls it invalid.
  REJECTED,
  /// The token was dead before anybody asked: only a person can replace it.
  ALREADY_EXPIRED,
  /// The app at Meta is blocked, gone, or has another secret.
  APP,
  /// Meta was away or busy.
  UNAVAILABLE
}
