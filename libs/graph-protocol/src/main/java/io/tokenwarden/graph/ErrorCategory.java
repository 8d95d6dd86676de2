package io.tokenwarden.graph;

/// What a failed call means, named after what is to be done next. These names are public: they
/// stand in `X-Tokenwarden-Category`, in `token.suspected` and in metrics.
public enum ErrorCategory {
  /// The token is past its life.
  TOKEN_EXPIRED,
  /// The token was ended before its time: password changed, app removed, logged out, revoked.
  TOKEN_INVALIDATED,
  /// Meta does not accept the credentials as they are: an unreadable token, a wrong app secret or
  /// proof.
  AUTH_ERROR,
  /// The token lives, but may not do this.
  PERMISSION_MISSING,
  /// The object is gone, was never there, or is not assigned; Meta does not say which.
  ASSET_UNAVAILABLE,
  /// A quota is used up. Calls made now prolong the wait.
  RATE_LIMITED,
  /// The token lives; time or a person must act (policy block, checkpoint, blocked app).
  BLOCKED,
  /// May succeed when asked again, or when less is asked for.
  TRANSIENT,
  /// Meta, or something before it, answered nothing that can be understood.
  SERVER_ERROR,
  /// The request itself is wrong; asked again it fails again.
  BAD_REQUEST;

  /// Whether the token itself may be dead, which only an inspection can tell.
  public boolean castsDoubt() {
    return switch (this) {
      case TOKEN_EXPIRED, TOKEN_INVALIDATED, AUTH_ERROR -> true;
      case PERMISSION_MISSING,
          ASSET_UNAVAILABLE,
          RATE_LIMITED,
          BLOCKED,
          TRANSIENT,
          SERVER_ERROR,
          BAD_REQUEST ->
          false;
    };
  }

  /// Whether the cause is expected to be over in seconds, so that asking again soon is worth it.
  public boolean mayPass() {
    return switch (this) {
      case TRANSIENT, SERVER_ERROR -> true;
      case TOKEN_EXPIRED,
          TOKEN_INVALIDATED,
          AUTH_ERROR,
          PERMISSION_MISSING,
          ASSET_UNAVAILABLE,
          RATE_LIMITED,
          BLOCKED,
          BAD_REQUEST ->
          false;
    };
  }
}
